package org.ogm4j.examples.network;

import java.util.EnumMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** For a sum of heads: each modality's logits are those of its own head. */
final class HeadSum implements LogitsReader {

    /** The linear layer that reads a modality's features, [m, classes]. */
    static String head(Modality modality) {
        return modality.input() + "-head";
    }

    @Override
    public ModalityLogits read(ComputationGraph graph, Map<String, INDArray> activations) {
        Map<Modality, INDArray> alone = new EnumMap<>(Modality.class);
        for (Modality modality : Modality.values()) {
            alone.put(modality, activations.get(head(modality)));
        }
        return ModalityLogits.summed(alone);
    }

    @Override
    public INDArray fused(ComputationGraph graph, Map<String, INDArray> activations) {
        return read(graph, activations).fused();
    }

    @Override
    public boolean isCheap() {
        return true;
    }
}
