package org.ogm4j.study.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntPredicate;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.Split;

/** A part of a training set: batches in memory, the same in every epoch. */
public class SomeBatches implements MultiDataSetIterator {

    private static final long serialVersionUID = 1L;

    private final transient List<MultiDataSet> batches;
    private int next;

    /** Of batches, in their order. */
    public SomeBatches(List<MultiDataSet> batches) {
        this.batches = List.copyOf(batches);
    }

    /** Every n-th batch of epoch 0, the first included. */
    public static Split every(int n, Split whole) {
        return part(whole, i -> i % n == 0, "1 or more batches");
    }

    /** The others. */
    public static Split without(int n, Split whole) {
        return part(whole, i -> i % n != 0, "2 or more batches");
    }

    private static Split part(Split whole, IntPredicate chosen, String rule) {
        List<MultiDataSet> some = new ArrayList<>();
        MultiDataSetIterator all = whole.training(0);
        for (int i = 0; all.hasNext(); i++) {
            MultiDataSet batch = all.next();
            if (chosen.test(i)) {
                some.add(batch);
            }
        }
        if (some.isEmpty()) {
            throw new IllegalArgumentException(
                    "a training set to hold a part out of must have %s, got fewer; take smaller batches"
                            .formatted(rule));
        }
        return new Split() {
            @Override
            public MultiDataSetIterator training(int epoch) {
                return new SomeBatches(some);
            }

            @Override
            public MultiDataSetIterator validation() {
                return whole.validation();
            }

            @Override
            public MultiDataSetIterator test() {
                return whole.test();
            }
        };
    }

    @Override
    public boolean hasNext() {
        return next < batches.size();
    }

    @Override
    public MultiDataSet next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the epoch is over");
        }
        return batches.get(next++);
    }

    @Override
    public MultiDataSet next(int count) {
        return next();
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
