package org.ogm4j.study.measure;

import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * The batches of another iterator as somebody is to see them. They are made on the thread that
 * asks, so that an epoch's end is well defined.
 */
public abstract class BatchView implements MultiDataSetIterator {

    private static final long serialVersionUID = 1L;

    private final transient MultiDataSetIterator all;

    /** Of the batches given. */
    protected BatchView(MultiDataSetIterator all) {
        this.all = all;
    }

    /** What is seen of a batch, which stays as it is. */
    protected abstract MultiDataSet seen(MultiDataSet batch);

    @Override
    public final boolean hasNext() {
        return all.hasNext();
    }

    @Override
    public final MultiDataSet next() {
        return seen(all.next());
    }

    @Override
    public final MultiDataSet next(int count) {
        return seen(all.next(count));
    }

    @Override
    public final void reset() {
        all.reset();
    }

    @Override
    public final boolean resetSupported() {
        return all.resetSupported();
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
