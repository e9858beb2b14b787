package org.ogm4j.testing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Gradients by parameter name: sums over the batch, as DL4J has them before it divides by the batch
 * size.
 */
public final class Gradients {

    private Gradients() {}

    /** The gradient of a batch, from one forward and one backward pass that change no parameter. */
    public static Map<String, INDArray> of(ComputationGraph graph, MultiDataSet batch) {
        graph.setInputs(batch.getFeatures());
        graph.setLabels(batch.getLabels());
        graph.setLayerMaskArrays(batch.getFeaturesMaskArrays(), batch.getLabelsMaskArrays());
        graph.computeGradientAndScore();
        Map<String, INDArray> copy = new LinkedHashMap<>();
        graph.gradient()
                .gradientForVariable()
                .forEach((name, array) -> copy.put(name, array.dup()));
        return copy;
    }

    /** The gradients of each example alone. */
    public static Map<String, INDArray>[] perExample(ComputationGraph graph, MultiDataSet batch) {
        int examples = (int) batch.getFeatures(0).size(0);
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map<String, INDArray>[] gradients = new Map[examples];
        Arrays.setAll(gradients, i -> of(graph, example(batch, i)));
        return gradients;
    }

    /** {@code sum_i w_i g_i} of one parameter. */
    public static INDArray weighted(
            Map<String, INDArray>[] perExample, double[] weights, String name) {
        INDArray sum = perExample[0].get(name).mul(weights[0]);
        for (int i = 1; i < weights.length; i++) {
            sum.addi(perExample[i].get(name).mul(weights[i]));
        }
        return sum;
    }

    /** Example i of a batch, masks included. */
    public static MultiDataSet example(MultiDataSet batch, int i) {
        return new MultiDataSet(
                rows(batch.getFeatures(), i),
                rows(batch.getLabels(), i),
                rows(batch.getFeaturesMaskArrays(), i),
                rows(batch.getLabelsMaskArrays(), i));
    }

    private static INDArray[] rows(INDArray[] arrays, int i) {
        return arrays == null
                ? null
                : Arrays.stream(arrays)
                        .map(array -> array == null ? null : row(array, i))
                        .toArray(INDArray[]::new);
    }

    private static INDArray row(INDArray array, int i) {
        INDArrayIndex[] index = new INDArrayIndex[array.rank()];
        Arrays.fill(index, NDArrayIndex.all());
        index[0] = NDArrayIndex.interval(i, i + 1);
        return array.get(index).dup();
    }
}
