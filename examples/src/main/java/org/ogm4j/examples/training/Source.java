package org.ogm4j.examples.training;

import org.ogm4j.examples.network.Sizes;

/** The data that networks are trained and measured on, in batches. */
public interface Source {

    /** What a network for them reads and answers. */
    Sizes sizes();

    /**
     * One epoch of the training part.
     *
     * @param batch examples per step, at least 2
     * @param seed of the order and of everything else that is random in it
     */
    Batches training(int batch, long seed);

    /** The validation part, always the same, from its first example on. */
    Batches validation();

    /** The test part, always the same, from its first example on. */
    Batches test();
}
