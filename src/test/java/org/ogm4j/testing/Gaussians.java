package org.ogm4j.testing;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.math.CounterGaussian;
import org.ogm4j.math.Ziggurat;

/** The numbers that the noise of a block of parameters is made of. */
public final class Gaussians {

    private Gaussians() {}

    /** Of the first block. */
    public static INDArray of(long seed, int iteration, int count) {
        double[] z = new double[count];
        Ziggurat.fill(CounterGaussian.key(seed, iteration, 0), 0, z, count);
        return Nd4j.createFromArray(z);
    }
}
