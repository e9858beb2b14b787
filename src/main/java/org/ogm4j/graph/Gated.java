package org.ogm4j.graph;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.score.KeepsFeatures;

/** A vertex of a running network that has a gate at its entrance. */
interface Gated extends KeepsFeatures {

    GateRuntime gate();

    @Override
    default INDArray features(int input) {
        return gate().features(input);
    }
}
