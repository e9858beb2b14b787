package org.ogm4j.examples.training;

import java.util.NoSuchElementException;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Batches of both modalities, features audio and visual, one array of labels. They are made on the
 * thread that trains, so that an epoch's end is well defined.
 */
public abstract class Batches implements MultiDataSetIterator {

    private static final long serialVersionUID = 1L;

    /** How many batches there are. */
    public abstract int steps();

    /** How many examples a batch has, unless it is the last one. */
    protected abstract int batch();

    /** Makes a batch of so many of the examples that follow, or of those that are left. */
    protected abstract MultiDataSet load(int count);

    @Override
    public final MultiDataSet next() {
        return next(batch());
    }

    @Override
    public final MultiDataSet next(int count) {
        if (!hasNext()) {
            throw new NoSuchElementException("the epoch is over");
        }
        return load(count);
    }

    @Override
    public final boolean resetSupported() {
        return true;
    }

    @Override
    public final boolean asyncSupported() {
        return false;
    }

    @Override
    public final void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
        throw new UnsupportedOperationException("the batches are prepared already");
    }

    @Override
    public final MultiDataSetPreProcessor getPreProcessor() {
        return null;
    }
}
