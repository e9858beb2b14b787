package org.ogm4j.examples.network;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds what a network says from both modalities and from each one alone. */
public interface LogitsReader {

    /**
     * Reads all, with the network's present parameters.
     *
     * @param graph plain or modulated
     * @param activations those of the network's vertices, by name, from a forward pass
     */
    ModalityLogits read(ComputationGraph graph, Map<String, INDArray> activations);

    /** Reads only what it says from both, [m, classes]. */
    INDArray fused(ComputationGraph graph, Map<String, INDArray> activations);

    /** Whether {@link #read} takes little time against a step of training. */
    boolean isCheap();
}
