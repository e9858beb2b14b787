package org.ogm4j.examples.training;

import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.examples.network.Sizes;

/** The data that networks are trained and measured on, in batches. */
public interface Source {

    /** What a network for them reads and answers. */
    Sizes sizes();

    /** How many examples a batch of the other parts has. */
    int evaluationBatch();

    /**
     * One epoch of the training part.
     *
     * @param batch examples per step, at least 2
     * @param seed of the order and of everything else that is random in it
     */
    MultiDataSetIterator training(int batch, long seed);

    /** The validation part, always the same, from its first example on. */
    MultiDataSetIterator validation();

    /** The test part, always the same, from its first example on. */
    MultiDataSetIterator test();

    /**
     * Every example of the training part once, in order.
     *
     * @param seed of everything that is random in it
     */
    MultiDataSetIterator trainingInOrder(long seed);

    /** With every n-th example of each class, the first included, as the training part. */
    Source every(int n);

    /** With what {@link #every} leaves as the training part. */
    Source without(int n);
}
