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
        return of(coefficient, scale, z, null);
    }

    /**
     * The same where some examples do not count: theirs is 0, and m and the mean of z are those of
     * the others. With m_u of them {@code 1/m sum_i w_i g_i = k g + h}, where g is 1/m times the
     * sum of their gradients and h has the covariance of g over such examples, {@code (m_u/m)^2
     * scale^2 / (m_u - 1) * [ 1/m_u sum_i g_i g_i^T - g_u g_u^T ]} with g_u their mean.
     *
     * @param counts whether each example counts; null: all do
     * @return w, of length m
     */
    public static double[] of(double coefficient, double scale, double[] z, boolean[] counts) {
        int m = 0;
        for (int i = 0; i < z.length; i++) {
            m += counts == null || counts[i] ? 1 : 0;
        }
        double mean = 0;
        for (int i = 0; i < z.length; i++) {
            mean += counts == null || counts[i] ? z[i] / m : 0;
        }
        double c = m > 1 ? scale * Math.sqrt(m / (m - 1.0)) : 0;
        double[] weights = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            boolean own = counts == null || counts[i];
            weights[i] = own ? coefficient + c * (z[i] - mean) : 0;
        }
        return weights;
    }
}
