package org.ogm4j.updater.noise;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code y += a x} without a temporary array. */
public final class Axpy {

    private Axpy() {}

    public static void add(double a, INDArray x, INDArray y) {
        boolean blas = y.dataType() == DataType.FLOAT || y.dataType() == DataType.DOUBLE;
        if (blas) {
            Nd4j.getBlasWrapper().level1().axpy(y.length(), a, x, y);
        } else {
            y.addi(x.mul(a));
        }
    }
}
