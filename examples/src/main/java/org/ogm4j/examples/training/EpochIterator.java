package org.ogm4j.examples.training;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.examples.signal.Examples;
import org.ogm4j.study.data.Shuffle;

/**
 * All examples once. For training in an order drawn from a seed, where a last batch that is not
 * full is left out; or in their own order, and all of them.
 */
final class EpochIterator extends Batches {

    private static final long serialVersionUID = 1L;

    private final transient Examples examples;
    private final int[] order;
    private final int batch;
    private final int end;
    private int next;

    /** For training. */
    EpochIterator(Examples examples, int batch, long seed) {
        this.examples = examples;
        this.batch = Math.min(batch, examples.size());
        this.order = Shuffle.order(examples.size(), new SplittableRandom(seed));
        this.end = order.length - order.length % this.batch;
    }

    private EpochIterator(Examples examples, int batch) {
        this.examples = examples;
        this.batch = Math.min(batch, examples.size());
        this.order = IntStream.range(0, examples.size()).toArray();
        this.end = order.length;
    }

    /** Every example, in order. */
    static EpochIterator inOrder(Examples examples, int batch) {
        return new EpochIterator(examples, batch);
    }

    @Override
    public int steps() {
        return (end + batch - 1) / batch;
    }

    @Override
    public boolean hasNext() {
        return next < end;
    }

    @Override
    public void reset() {
        next = 0;
    }

    @Override
    protected int batch() {
        return batch;
    }

    @Override
    protected MultiDataSet load(int count) {
        int from = next;
        next = Math.min(end, from + count);
        return examples.batch(order, from, next);
    }
}
