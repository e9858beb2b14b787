package org.ogm4j.study;

import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.measure.SomeBatches;
import org.ogm4j.study.split.IteratorSplit;

/**
 * Training, validation and test examples of one run. Features are in the order of the network's
 * inputs, labels in the order of its outputs. What is random in it must follow from the run's seed:
 * a run is made again, and must have the same numbers, after it was killed.
 *
 * <p>Example, of three files that each give the same batches whenever they are read:
 *
 * <pre>{@code
 * Split split = Split.of(train, validation, test);
 * }</pre>
 *
 * @since 0.1.0
 */
public interface Split {

    /**
     * One epoch of training.
     *
     * @param epoch which, from 0
     * @return from its first batch on
     */
    MultiDataSetIterator training(int epoch);

    /**
     * What methods and learning rates are chosen on, always the same.
     *
     * @return from its first batch on
     */
    MultiDataSetIterator validation();

    /**
     * What is reported, always the same.
     *
     * @return from its first batch on
     */
    MultiDataSetIterator test();

    /**
     * Every training example once, for linear probes and for losses on the training set.
     *
     * @param epoch which, from 0
     * @return from its first batch on
     */
    default MultiDataSetIterator trainingOnce(int epoch) {
        return training(epoch);
    }

    /**
     * With every n-th training example, the first included, as the training part: what
     * Gradient-Blending holds out. By default every n-th batch of epoch 0, in memory.
     *
     * @param n at least 2
     * @return the part
     */
    default Split every(int n) {
        return SomeBatches.every(n, this);
    }

    /**
     * With what {@link #every} leaves as the training part.
     *
     * @param n at least 2
     * @return the part
     */
    default Split without(int n) {
        return SomeBatches.without(n, this);
    }

    /**
     * Of three iterators, which are reset at the start of every epoch. An iterator that shuffles
     * must do so from a seed of its own, and must not have been used before.
     *
     * @param training for training
     * @param validation to choose on
     * @param test to report
     * @return the split
     */
    static Split of(
            MultiDataSetIterator training,
            MultiDataSetIterator validation,
            MultiDataSetIterator test) {
        return new IteratorSplit(training, validation, test);
    }
}
