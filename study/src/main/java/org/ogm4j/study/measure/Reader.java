package org.ogm4j.study.measure;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds what a network says from all modalities and from each one alone. */
public interface Reader {

    /**
     * Reads all, with the network's present parameters.
     *
     * @param graph plain or modulated
     * @param activations those of the network's vertices, by name, from a forward pass
     */
    Answers read(ComputationGraph graph, Map<String, INDArray> activations);

    /** Reads only what it says from all; null if it cannot be read. */
    INDArray fused(ComputationGraph graph, Map<String, INDArray> activations);

    /** Whether {@link #read} takes little time against a step of training. */
    boolean isCheap();

    /**
     * The reader of a network.
     *
     * @param layout of the network before it is modulated
     */
    static Reader of(Layout layout) {
        if (layout.modalities().size() == 1) {
            return new OneHead(layout);
        }
        if (HeadRows.fits(layout)) {
            return new HeadRows(layout);
        }
        return HeadSum.fits(layout) ? new HeadSum(layout) : new ZeroedClassifier(layout);
    }
}
