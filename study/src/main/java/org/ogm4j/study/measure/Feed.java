package org.ogm4j.study.measure;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** What a network takes of a batch: the inputs that it has, the labels for each output. */
public final class Feed {

    private Feed() {}

    /**
     * The batch for one network. Outputs of its own that the plain network has not, such as heads
     * on single modalities, get the labels of the first.
     *
     * @param layout of the plain network, whose inputs and outputs the batch is for
     * @param graph reads some of those inputs, or all
     */
    public static MultiDataSet of(
            Layout layout, ComputationGraph graph, org.nd4j.linalg.dataset.api.MultiDataSet batch) {
        List<String> inputs = graph.getConfiguration().getNetworkInputs();
        List<String> outputs = graph.getConfiguration().getNetworkOutputs();
        IntFunction<Integer> input = i -> layout.networkInputs().indexOf(inputs.get(i));
        IntFunction<Integer> output =
                i -> Math.max(0, layout.conf().getNetworkOutputs().indexOf(outputs.get(i)));
        return new MultiDataSet(
                chosen(batch.getFeatures(), inputs.size(), input),
                chosen(batch.getLabels(), outputs.size(), output),
                chosen(batch.getFeaturesMaskArrays(), inputs.size(), input),
                chosen(batch.getLabelsMaskArrays(), outputs.size(), output));
    }

    private static INDArray[] chosen(INDArray[] from, int count, IntFunction<Integer> which) {
        if (from == null) {
            return null;
        }
        INDArray[] chosen = new INDArray[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = from[which.apply(i)];
        }
        return chosen;
    }

    /** What all vertices put out in inference mode. */
    public static Map<String, INDArray> forward(ComputationGraph graph, MultiDataSet batch) {
        if (batch.getFeaturesMaskArrays() == null) {
            return graph.feedForward(batch.getFeatures(), false);
        }
        graph.setLayerMaskArrays(batch.getFeaturesMaskArrays(), batch.getLabelsMaskArrays());
        try {
            return graph.feedForward(batch.getFeatures(), false);
        } finally {
            graph.clearLayerMaskArrays();
        }
    }
}
