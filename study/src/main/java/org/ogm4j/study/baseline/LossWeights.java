package org.ogm4j.study.baseline;

import java.util.Map;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Weights of the losses of a network's outputs, which are cross-entropies of classes. */
public final class LossWeights {

    private LossWeights() {}

    /**
     * Gives each loss its weight, from the next step on.
     *
     * @param classes of every output
     * @param weights by output
     */
    public static void set(ComputationGraph graph, long classes, Map<String, Double> weights) {
        weights.forEach((output, weight) -> set(graph, output, classes, weight));
    }

    private static void set(ComputationGraph graph, String output, long classes, double weight) {
        Layer layer = graph.getLayer(output).conf().getLayer();
        LossMCXENT loss = new LossMCXENT(Nd4j.valueArrayOf(new long[] {1, classes}, weight));
        if (layer instanceof LossLayer withoutWeights) {
            check(output, withoutWeights.getLossFn());
            withoutWeights.setLossFn(loss);
        } else {
            check(output, ((BaseOutputLayer) layer).getLossFn());
            ((BaseOutputLayer) layer).setLossFn(loss);
        }
    }

    private static void check(String output, ILossFunction loss) {
        if (!(loss instanceof LossMCXENT)) {
            throw new IllegalArgumentException(
                    "losses with weights must be the cross-entropy MCXENT, got %s at output \"%s\""
                            .formatted(loss, output));
        }
    }
}
