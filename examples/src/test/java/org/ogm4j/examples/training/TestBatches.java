package org.ogm4j.examples.training;

import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.examples.signal.TestExamples;

/** Batches of noise. */
public final class TestBatches {

    private TestBatches() {}

    /** So many examples in order, with classes 0 to 9 in turn, in batches of 100. */
    public static MultiDataSetIterator random(int count, long seed) {
        return EpochIterator.inOrder(TestExamples.random(count, seed), 100);
    }
}
