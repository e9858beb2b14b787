package org.ogm4j.unimodal;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * The batches of a network, as the network of one of its modalities takes them: its own inputs and
 * outputs, with their masks.
 */
public final class ModalityIterator implements MultiDataSetIterator {

    private static final long serialVersionUID = 1L;

    private final MultiDataSetIterator source;
    private final int[] inputs;
    private final int[] outputs;
    private MultiDataSetPreProcessor preProcessor;

    /**
     * Selects.
     *
     * @param source batches of the whole network
     * @param conf the whole network
     * @param alone that of the modality
     */
    public ModalityIterator(
            MultiDataSetIterator source,
            ComputationGraphConfiguration conf,
            ComputationGraphConfiguration alone) {
        this.source = source;
        inputs = places(alone.getNetworkInputs(), conf.getNetworkInputs());
        outputs = places(alone.getNetworkOutputs(), conf.getNetworkOutputs());
    }

    private static int[] places(List<String> names, List<String> all) {
        return names.stream().mapToInt(all::indexOf).toArray();
    }

    @Override
    public MultiDataSet next() {
        return selected(source.next());
    }

    @Override
    public MultiDataSet next(int examples) {
        return selected(source.next(examples));
    }

    private MultiDataSet selected(MultiDataSet batch) {
        MultiDataSet own =
                new org.nd4j.linalg.dataset.MultiDataSet(
                        selected(batch.getFeatures(), inputs),
                        selected(batch.getLabels(), outputs),
                        selected(batch.getFeaturesMaskArrays(), inputs),
                        selected(batch.getLabelsMaskArrays(), outputs));
        own.setExampleMetaData(batch.getExampleMetaData());
        if (preProcessor != null) {
            preProcessor.preProcess(own);
        }
        return own;
    }

    private static INDArray[] selected(INDArray[] arrays, int[] places) {
        if (arrays == null) {
            return null;
        }
        INDArray[] own = new INDArray[places.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = arrays[places[i]];
        }
        return own;
    }

    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    @Override
    public void reset() {
        source.reset();
    }

    @Override
    public boolean resetSupported() {
        return source.resetSupported();
    }

    @Override
    public boolean asyncSupported() {
        return source.asyncSupported();
    }

    /** Works on what was selected; the source has one of its own. */
    @Override
    public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
        this.preProcessor = preProcessor;
    }

    @Override
    public MultiDataSetPreProcessor getPreProcessor() {
        return preProcessor;
    }
}
