package org.ogm4j.study.measure;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * For a network of one modality: its answer is the network's. The others have none.
 *
 * @param layout of the network
 */
record OneHead(Layout layout) implements Reader {

    @Override
    public Answers read(ComputationGraph graph, Map<String, INDArray> activations) {
        INDArray answer = fused(graph, activations);
        return new Answers(
                answer == null ? Map.of() : Map.of(layout.modalities().get(0), answer), answer);
    }

    @Override
    public INDArray fused(ComputationGraph graph, Map<String, INDArray> activations) {
        return new Head(layout).answer(graph, activations);
    }

    @Override
    public boolean isCheap() {
        return true;
    }
}
