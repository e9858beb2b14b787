package org.ogm4j.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.ModulatedOptimizer;

/** The second way to score by zero-out: a network of its own that starts behind the encoders. */
public final class Alone {

    private Alone() {}

    /**
     * Mean softmax probability of the true class at the first output.
     *
     * @param graph a network, modulated or not
     * @param ends the ends of all encoders
     * @param kept those that are not set to zero
     */
    public static double score(
            ComputationGraph graph, MultiDataSet batch, List<String> ends, Set<String> kept) {
        return score(graph, batch, ends, kept, null);
    }

    /**
     * The same behind masks.
     *
     * @param masks of the ends, or null
     */
    public static double score(
            ComputationGraph graph,
            MultiDataSet batch,
            List<String> ends,
            Set<String> kept,
            INDArray[] masks) {
        INDArray[] predictions = predictions(graph, batch, ends, kept, masks);
        return predictions[0].mul(batch.getLabels(0)).sum(1).meanNumber().doubleValue();
    }

    /**
     * The outputs of the part behind the encoders, at inference.
     *
     * @param masks of the ends, or null
     */
    public static INDArray[] predictions(
            ComputationGraph graph,
            MultiDataSet batch,
            List<String> ends,
            Set<String> kept,
            INDArray[] masks) {
        ComputationGraph plain = ModulatedOptimizer.strip(graph);
        ComputationGraph shared = behind(ModulatedOptimizer.strip(graph), ends);
        plain.setLayerMaskArrays(batch.getFeaturesMaskArrays(), null);
        Map<String, INDArray> features = plain.feedForward(batch.getFeatures(), false);
        INDArray[] inputs =
                ends.stream().map(features::get).map(INDArray::dup).toArray(INDArray[]::new);
        for (int i = 0; i < inputs.length; i++) {
            if (!kept.contains(ends.get(i))) {
                inputs[i] = Nd4j.zerosLike(inputs[i]);
            }
        }
        return shared.output(false, inputs, masks);
    }

    private static ComputationGraph behind(ComputationGraph plain, List<String> ends) {
        ComputationGraphConfiguration conf = plain.getConfiguration();
        Set<String> removed = new HashSet<>();
        ends.forEach(end -> addUpstream(conf, end, removed));
        conf.getVertices().keySet().removeAll(removed);
        conf.getVertexInputs().keySet().removeAll(removed);
        conf.setNetworkInputs(new ArrayList<>(ends));
        conf.setTopologicalOrder(null);
        conf.setTopologicalOrderStr(null);
        ComputationGraph shared = new ComputationGraph(conf);
        shared.init();
        shared.paramTable().forEach((name, array) -> array.assign(plain.paramTable().get(name)));
        return shared;
    }

    private static void addUpstream(
            ComputationGraphConfiguration conf, String vertex, Set<String> upstream) {
        upstream.add(vertex);
        conf.getVertexInputs()
                .getOrDefault(vertex, List.of())
                .forEach(source -> addUpstream(conf, source, upstream));
    }
}
