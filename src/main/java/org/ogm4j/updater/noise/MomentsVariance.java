package org.ogm4j.updater.noise;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code moments}: from running means of the gradient and of its square,
 *
 * <pre>{@code
 * m_t = b m_{t-1} + (1 - b) g_t,  v_t = c v_{t-1} + (1 - c) g_t^2,  m^ = m / (1 - b^t),  v^ = v / (1 - c^t)
 * sigma^2 = max(0, v^ - m^^2) / (1 - r),   r = (1 - b)(1 + b^t) / ((1 + b)(1 - b^t))
 * }</pre>
 *
 * <p>With g of mean mu and variance sigma^2, {@code E[v^] = mu^2 + sigma^2} and {@code E[m^^2] =
 * mu^2 + r sigma^2}: the estimate is unbiased. 1 / r is the number of gradients that the mean is
 * worth. Below {@link #FEWEST} nothing is estimated, and the variance is 0.
 *
 * @see <a href="https://arxiv.org/abs/1705.07774">Balles, Hennig: Dissecting Adam, ICML 2018</a>
 */
public final class MomentsVariance implements VarianceEstimate {

    /** Of the mean of the gradient, which is then worth 19 of them. */
    public static final double DECAY = 0.9;

    /**
     * How many gradients the mean must be worth, which it is from the sixth step on. The standard
     * error of a variance from n Gaussians is sqrt(2 / (n - 1)) of it: 141 % for 2, 71 % for 5. And
     * since {@code sigma^2 <= v^ / (1 - r)}, the noise on a step of Adam with DL4J's betas has a
     * standard deviation of at most 0.34 learning rates whatever the gradients are; with 2 it would
     * be 0.75. See docs/adr/0021.
     */
    static final double FEWEST = 5;

    private final RunningMean first;
    private final RunningMean second;
    private final List<Span> chunks;
    private final Scratch gradients = new Scratch();
    private final Scratch means = new Scratch();

    /**
     * An estimate from two means.
     *
     * @param first of the gradient, without any factor on it
     * @param second of its square; the estimate is never below 0 if its decay and start are those
     *     of the first
     */
    public MomentsVariance(RunningMean first, RunningMean second) {
        this.first = first;
        this.second = second;
        this.chunks = new Span(0, (int) first.values().length(), false).chunks();
    }

    @Override
    public void observe(INDArray gradient, boolean modulated) {
        for (Span chunk : chunks) {
            int length = chunk.length();
            double[] g = gradients.lend(length);
            chunk.read(gradient, g);
            first.add(chunk, g, means.lend(length));
            if (second.ours()) {
                for (int i = 0; i < length; i++) {
                    g[i] *= g[i];
                }
                second.add(chunk, g, means.lend(length));
            }
        }
    }

    @Override
    public void compute(Span part, int iteration, double[] result) {
        double weight = first.weight(iteration);
        double r = first.squares(iteration) / (weight * weight);
        int length = part.length();
        if (!(1 / r >= FEWEST)) {
            Arrays.fill(result, 0, length, 0);
            return;
        }
        double known = 1 - r;
        double[] m = means.lend(length);
        part.read(first.values(), m);
        part.read(second.values(), result);
        double correction = second.weight(iteration);
        for (int i = 0; i < length; i++) {
            double mean = m[i] / weight;
            result[i] = Math.max(0, result[i] / correction - mean * mean) / known;
        }
    }
}
