package org.ogm4j.updater.noise;

import org.nd4j.linalg.api.ndarray.INDArray;

/** An estimate of the variance of the batch gradient, per coordinate. */
public interface VarianceEstimate {

    /**
     * Observes the gradient of every step, also of one that is not modulated.
     *
     * @param gradient of a block of parameters, before anything is done to it
     * @param modulated whether the variance will be wanted in this step
     */
    void observe(INDArray gradient, boolean modulated);

    /**
     * The variance, where the latest gradient was observed.
     *
     * @param part which parameters, inside one tensor
     * @param iteration the step, counted from 0
     * @param result where to write, at least as long as the part
     */
    void compute(Span part, int iteration, double[] result);
}
