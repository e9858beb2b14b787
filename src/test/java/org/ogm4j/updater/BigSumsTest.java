package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.ogm4j.host.Finite;
import org.ogm4j.math.HeadRows;
import org.ogm4j.tokens.InnerProduct;
import org.ogm4j.updater.noise.Span;
import org.ogm4j.updater.noise.TensorVariance;

/**
 * Sums over 30 million floats, of which ND4J's own are off by percents, or stop at 2^24 on one
 * thread.
 */
class BigSumsTest {

    private static final int N = 30_000_000;

    /** Half of the entries are 1, half 3: the variance is N / (N - 1). */
    @Test
    void theVarianceOfATensor() {
        INDArray gradient = ones();
        gradient.get(NDArrayIndex.interval(0, N / 2)).assign(3);
        Span all = new Span(0, N, true);
        TensorVariance variance = new TensorVariance(List.of(all));
        variance.observe(gradient, true);
        double[] result = new double[4];
        variance.compute(new Span(0, 4, true), 0, result);
        assertEquals(N / (N - 1.0), result[0], 1e-12);
    }

    @Test
    void anInnerProduct() {
        INDArray ones = ones();
        assertEquals(N, InnerProduct.of(ones, ones), 0);
    }

    @Test
    void theColumnsOfAHeadsGradient() {
        double[] squares = new double[1];
        HeadGradientUpdater.addSquares(ones(), N, new HeadRows.Range(0, N), squares);
        assertEquals(N, squares[0], 0);
    }

    /** Any rounding of a sum is finite; what is not finite shows in it at every length. */
    @Test
    void whetherAllAreFinite() {
        INDArray ones = ones();
        assertTrue(Finite.is(ones));
        ones.putScalar(N - 1, Float.NaN);
        assertFalse(Finite.is(ones));
    }

    private static INDArray ones() {
        return Nd4j.ones(DataType.FLOAT, N);
    }
}
