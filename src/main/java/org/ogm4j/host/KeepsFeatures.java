package org.ogm4j.host;

import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A vertex of a running network that keeps its inputs as they came. DL4J's own vertices do not: the
 * last reader of an activation may write its dropout over it.
 */
public interface KeepsFeatures {

    /**
     * An input of the latest forward pass.
     *
     * @param input which one, counted from 0
     * @return the array as it came
     */
    INDArray features(int input);

    /**
     * An input of any vertex.
     *
     * @param vertex a vertex of a running network
     * @param input which one, counted from 0
     * @return the array as it came, if the vertex keeps it; else what the vertex holds now
     */
    static INDArray of(GraphVertex vertex, int input) {
        return vertex instanceof KeepsFeatures keeper
                ? keeper.features(input)
                : vertex.getInputs()[input];
    }
}
