package org.ogm4j.math;

/** The exact noise of SGD's own covariance, as weights on the rows of an error signal. */
public final class RowWeights {

    private RowWeights() {}

    /**
     * The weight of each example, {@code w_i = k + c (z_i - mean z)} with {@code c = scale * sqrt(m
     * / (m - 1))}.
     *
     * <p>With the gradients g_i of m single examples, {@code 1/m sum_i w_i g_i = k g + h}: g is the
     * mean gradient and h is Gaussian with mean 0 and covariance {@code scale^2 / (m - 1) * [ 1/m
     * sum_i g_i g_i^T - g g^T ]}, all of it and not just the diagonal. The factor m/(m-1) is
     * Bessel's: the covariance is estimated on the batch it is added to, and with it the estimate
     * of the population's covariance is unbiased. From one example no covariance can be estimated:
     * for m = 1 the weight is k.
     *
     * @param coefficient the coefficient k
     * @param scale factor on h, at least 0
     * @param z m independent standard normal numbers
     * @return w, of length m
     * @see <a href="https://arxiv.org/abs/1906.07405">Wu, Hu, Xiong, Huan, Braverman, Zhu: On the
     *     Noisy Gradient Descent that Generalizes as SGD, ICML 2020</a>
     */
    public static double[] of(double coefficient, double scale, double[] z) {
        int m = z.length;
        double mean = 0;
        for (double value : z) {
            mean += value / m;
        }
        double c = m > 1 ? scale * Math.sqrt(m / (m - 1.0)) : 0;
        double[] weights = new double[m];
        for (int i = 0; i < m; i++) {
            weights[i] = coefficient + c * (z[i] - mean);
        }
        return weights;
    }
}
