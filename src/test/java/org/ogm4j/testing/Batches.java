package org.ogm4j.testing;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** A list of batches that can be read over and over; a test may let it do otherwise. */
public class Batches implements MultiDataSetIterator {

    private static final long serialVersionUID = 1L;

    private final transient List<MultiDataSet> batches;
    private transient Iterator<MultiDataSet> rest;

    /** In the order of the list. */
    public Batches(List<MultiDataSet> batches) {
        this.batches = List.copyOf(batches);
        rest = this.batches.iterator();
    }

    /** {@link Nets#batch(int, long)} of 8 examples, from seed 0 on. */
    public static Batches of(int count) {
        return new Batches(
                IntStream.range(0, count)
                        .mapToObj(seed -> (MultiDataSet) Nets.batch(8, seed))
                        .toList());
    }

    @Override
    public void reset() {
        rest = batches.iterator();
    }

    @Override
    public boolean hasNext() {
        return rest.hasNext();
    }

    @Override
    public MultiDataSet next() {
        return rest.next();
    }

    @Override
    public MultiDataSet next(int examples) {
        throw new UnsupportedOperationException("batches come as they are");
    }

    @Override
    public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
        throw new UnsupportedOperationException("batches come as they are");
    }

    @Override
    public MultiDataSetPreProcessor getPreProcessor() {
        return null;
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public boolean asyncSupported() {
        return true;
    }
}
