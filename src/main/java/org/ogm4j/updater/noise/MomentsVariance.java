package org.ogm4j.updater.noise;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@code moments}: from running means of the gradient and of its square,
 *
 * <pre>{@code
 * m_t = b m_{t-1} + (1 - b) g_t,  v_t = b v_{t-1} + (1 - b) g_t^2,  m^ = m / (1 - b^t),  v^ = v / (1 - b^t)
 * sigma^2 = max(0, v^ - m^^2) / (1 - r),   r = (1 - b)(1 + b^t) / ((1 + b)(1 - b^t))
 * }</pre>
 *
 * <p>With g of mean mu and variance sigma^2, {@code E[v^] = mu^2 + sigma^2} and {@code E[m^^2] =
 * mu^2 + r sigma^2}: the estimate is unbiased. In the first step it is not defined, and 0.
 *
 * @see <a href="https://arxiv.org/abs/1705.07774">Balles, Hennig: Dissecting Adam, ICML 2018</a>
 */
public final class MomentsVariance implements VarianceEstimate {

    /** Of both means: with equal ones the estimate cannot be negative. Averages some 20 batches. */
    static final double DECAY = 0.9;

    private static final double SMALLEST = 1e-6;

    private final INDArray first;
    private final INDArray second;
    private final int start;
    private final List<Span> chunks;
    private final Scratch scratch = new Scratch();

    public MomentsVariance(INDArray first, INDArray second, int start) {
        this.first = first;
        this.second = second;
        this.start = start;
        this.chunks = new Span(0, (int) first.length(), false).chunks();
    }

    @Override
    public void observe(INDArray gradient, boolean modulated) {
        for (Span chunk : chunks) {
            INDArray part = chunk.view(gradient);
            INDArray square = part.muli(part, scratch.lend(part.dataType(), chunk.length()));
            mix(chunk.view(first), part);
            mix(chunk.view(second), square);
        }
    }

    private static void mix(INDArray mean, INDArray value) {
        mean.muli(DECAY);
        Axpy.add(1 - DECAY, value, mean);
    }

    @Override
    public void compute(Span part, int iteration, INDArray result) {
        double weight = 1 - Math.pow(DECAY, iteration + 1.0 - start);
        double squares =
                (1 - DECAY) * (1 - Math.pow(DECAY, 2 * (iteration + 1.0 - start))) / (1 + DECAY);
        estimate(part.view(first), part.view(second), weight, squares, weight, result);
    }

    /**
     * The variance from two running means of whatever weights: {@code m = sum_s w_s g_s}, {@code v
     * = sum_s u_s g_s^2}.
     *
     * @param weight the sum of all w
     * @param squares the sum of all w^2
     * @param weightOfSecond the sum of all u
     * @param result {@code max(0, v / sum u - (m / sum w)^2) / (1 - sum w^2 / (sum w)^2)}, 0 where
     *     a single gradient has all the weight
     */
    public static void estimate(
            INDArray m,
            INDArray v,
            double weight,
            double squares,
            double weightOfSecond,
            INDArray result) {
        double known = 1 - squares / (weight * weight);
        if (!(known > SMALLEST)) {
            result.assign(0);
            return;
        }
        m.muli(m, result);
        result.muli(-1 / (weight * weight * known));
        Axpy.add(1 / (weightOfSecond * known), v, result);
        Transforms.relu(result, false);
    }
}
