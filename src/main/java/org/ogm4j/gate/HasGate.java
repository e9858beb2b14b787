package org.ogm4j.gate;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.host.KeepsFeatures;

/** A vertex of a running network that has a gate at its entrance. */
interface HasGate extends KeepsFeatures {

    Gate gate();

    @Override
    default INDArray features(int input) {
        return gate().features(input);
    }
}
