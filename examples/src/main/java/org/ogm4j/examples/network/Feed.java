package org.ogm4j.examples.network;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** What a network takes of a batch: the modalities that it reads, the labels for each output. */
public final class Feed {

    /** Of the features in a batch of both. */
    private static final List<String> ORDER =
            List.of(Modality.AUDIO.input(), Modality.VISUAL.input());

    private Feed() {}

    /**
     * The batch for one network.
     *
     * @param both features audio and visual, and one array of labels
     */
    public static MultiDataSet of(
            ComputationGraph graph, org.nd4j.linalg.dataset.api.MultiDataSet both) {
        INDArray[] features =
                graph.getConfiguration().getNetworkInputs().stream()
                        .map(input -> both.getFeatures(ORDER.indexOf(input)))
                        .toArray(INDArray[]::new);
        INDArray[] labels = new INDArray[graph.getNumOutputArrays()];
        Arrays.fill(labels, both.getLabels(0));
        return new MultiDataSet(features, labels);
    }
}
