package org.ogm4j.updater;

import org.nd4j.linalg.api.ndarray.INDArray;

/** An updater that has to see, or change, the gradient before L1 and L2 are added to it. */
interface RawGradientReader {

    /**
     * Reads, or changes, the gradient of the loss.
     *
     * @param gradient of the block: averaged over the batch, normalised and clipped
     * @param iteration the step
     * @param epoch the epoch
     */
    void readRaw(INDArray gradient, int iteration, int epoch);
}
