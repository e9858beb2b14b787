package org.ogm4j.examples.training;

import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.examples.signal.Examples;
import org.ogm4j.study.data.Shuffle;

/**
 * All examples once, in batches made on the thread that trains. For training in an order drawn from
 * a seed, where a last batch that is not full is left out; or in their own order, and all of them.
 */
final class EpochIterator implements MultiDataSetIterator {

    private static final long serialVersionUID = 1L;

    private final transient Examples examples;
    private final int[] order;
    private final int batch;
    private final int end;
    private int next;

    private EpochIterator(Examples examples, int batch, int[] order, boolean fullOnly) {
        this.examples = examples;
        this.batch = Math.min(batch, order.length);
        this.order = order;
        this.end = fullOnly ? order.length - order.length % this.batch : order.length;
    }

    /** For training. */
    EpochIterator(Examples examples, int batch, long seed) {
        this(examples, batch, Shuffle.order(examples.size(), new SplittableRandom(seed)), true);
    }

    /** Every example, in order. */
    static EpochIterator inOrder(Examples examples, int batch) {
        return new EpochIterator(
                examples, batch, IntStream.range(0, examples.size()).toArray(), false);
    }

    @Override
    public boolean hasNext() {
        return next < end;
    }

    @Override
    public MultiDataSet next() {
        return next(batch);
    }

    @Override
    public MultiDataSet next(int count) {
        if (!hasNext()) {
            throw new NoSuchElementException("the epoch is over");
        }
        int from = next;
        next = Math.min(end, from + count);
        return examples.batch(order, from, next);
    }

    @Override
    public void reset() {
        next = 0;
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
        throw new UnsupportedOperationException("the batches are prepared already");
    }

    @Override
    public MultiDataSetPreProcessor getPreProcessor() {
        return null;
    }
}
