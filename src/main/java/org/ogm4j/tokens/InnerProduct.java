package org.ogm4j.tokens;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * {@code sum_i a_i b_i} in double, chunk by chunk. ND4J sums in the type of the array: half
 * precision loses digits at once, and float is off by percents above some 10 million values.
 */
public final class InnerProduct {

    /** Small enough for copies in double to be cheap. */
    private static final long CHUNK = 1 << 16;

    private InnerProduct() {}

    /**
     * The inner product of two arrays.
     *
     * @param a of any shape and floating type
     * @param b of the same shape
     * @return the sum over all elements
     */
    public static double of(INDArray a, INDArray b) {
        INDArray x = a.reshape('c', new long[] {a.length()});
        INDArray y = b.reshape('c', new long[] {b.length()});
        double sum = 0;
        for (long from = 0; from < x.length(); from += CHUNK) {
            var chunk = NDArrayIndex.interval(from, Math.min(x.length(), from + CHUNK));
            INDArray product = x.get(chunk).castTo(DataType.DOUBLE);
            sum += product.mul(y.get(chunk).castTo(DataType.DOUBLE)).sumNumber().doubleValue();
        }
        return sum;
    }

    /**
     * All inner products of two arrays, in a third of the time; their last digits may differ from
     * those of {@link #of}.
     *
     * @param a of any shape and floating type
     * @param b of the same shape; null for 0
     * @return {@code <a, a>, <b, b>, <a, b>}
     */
    public static double[] gram(INDArray a, INDArray b) {
        INDArray x = a.reshape('c', new long[] {a.length()});
        INDArray y = b == null ? null : b.reshape('c', new long[] {b.length()});
        double[] gram = new double[3];
        for (long from = 0; from < x.length(); from += CHUNK) {
            var chunk = NDArrayIndex.interval(from, Math.min(x.length(), from + CHUNK));
            INDArray p = x.get(chunk).castTo(DataType.DOUBLE);
            gram[0] += Nd4j.getBlasWrapper().dot(p, p);
            if (y != null) {
                INDArray q = y.get(chunk).castTo(DataType.DOUBLE);
                gram[1] += Nd4j.getBlasWrapper().dot(q, q);
                gram[2] += Nd4j.getBlasWrapper().dot(p, q);
            }
        }
        return gram;
    }
}
