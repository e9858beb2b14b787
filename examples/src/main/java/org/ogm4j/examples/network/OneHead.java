package org.ogm4j.examples.network;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * For a network of one modality: its answer is the network's. The other modality has none.
 *
 * @param modality the one there is
 */
record OneHead(Modality modality) implements LogitsReader {

    @Override
    public ModalityLogits read(ComputationGraph graph, Map<String, INDArray> activations) {
        INDArray logits = fused(graph, activations);
        return new ModalityLogits(Map.of(modality, logits), logits);
    }

    @Override
    public INDArray fused(ComputationGraph graph, Map<String, INDArray> activations) {
        INDArray weights = graph.getLayer(AudioVisualNet.HEAD).getParam("W");
        INDArray bias = graph.getLayer(AudioVisualNet.HEAD).getParam("b");
        return activations.get(modality.features()).mmul(weights).addRowVector(bias);
    }

    @Override
    public boolean isCheap() {
        return true;
    }
}
