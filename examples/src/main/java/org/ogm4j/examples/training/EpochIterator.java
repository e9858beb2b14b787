package org.ogm4j.examples.training;

import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.examples.data.Shuffle;
import org.ogm4j.examples.signal.Examples;

/** All examples once, in an order drawn from a seed. A last batch that is not full is left out. */
final class EpochIterator implements MultiDataSetIterator {

    private static final long serialVersionUID = 1L;

    private final transient Examples examples;
    private final int[] order;
    private final int batch;
    private final transient UnaryOperator<org.nd4j.linalg.dataset.MultiDataSet> feed;
    private int next;

    EpochIterator(Examples examples, int batch, long seed) {
        this(examples, batch, seed, UnaryOperator.identity());
    }

    /** With batches as the feed makes them of those with both modalities. */
    EpochIterator(
            Examples examples,
            int batch,
            long seed,
            UnaryOperator<org.nd4j.linalg.dataset.MultiDataSet> feed) {
        this.examples = examples;
        this.feed = feed;
        this.batch = Math.min(batch, examples.size());
        this.order = Shuffle.order(examples.size(), new SplittableRandom(seed));
    }

    /** How many batches an epoch has. */
    int steps() {
        return order.length / batch;
    }

    @Override
    public boolean hasNext() {
        return next + batch <= order.length;
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
        next += count;
        return feed.apply(examples.batch(order, from, next));
    }

    @Override
    public void reset() {
        next = 0;
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    /** Batches are made on the thread that trains. */
    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
        throw new UnsupportedOperationException("the signal path has prepared the examples");
    }

    @Override
    public MultiDataSetPreProcessor getPreProcessor() {
        return null;
    }
}
