package org.ogm4j;

import java.io.Serializable;
import org.ogm4j.math.Checks;

/**
 * Which noise to add to the gradient of every encoder, to put back what modulation takes from SGD's
 * own (the GE of OGM-GE).
 *
 * <p>The noise is added for every modality, also where its coefficient is 1, and is not scaled by
 * the coefficient.
 *
 * <p>Example: the same kind of noise on all encoders, half as strong.
 *
 * <pre>{@code
 * ModulatedOptimizer ogm = ModulatedOptimizer.builder()
 *         .noise(GradientNoise.moments().scaledBy(0.5))
 *         .build();
 * }</pre>
 *
 * @param estimate where the noise's covariance comes from
 * @param scale factor on the noise, at least 0 and finite; default 1
 * @since 0.1.0
 */
public record GradientNoise(Estimate estimate, double scale) implements Serializable {

    /** Where the covariance of the noise comes from. */
    public enum Estimate {
        /**
         * The batch's own gradients, all of the covariance: see {@link
         * GradientNoise#sgdCovariance()}.
         */
        SGD_COVARIANCE,
        /** The spread inside each weight tensor: see {@link GradientNoise#tensorStd()}. */
        TENSOR_STD,
        /** Running moments of the gradient: see {@link GradientNoise#moments()}. */
        MOMENTS,
        /** No noise: see {@link GradientNoise#none()}. */
        NONE
    }

    /**
     * Checks both values, also when read from JSON.
     *
     * @throws IllegalArgumentException if there is no estimate, or the scale is negative or not
     *     finite
     */
    public GradientNoise {
        if (estimate == null) {
            throw new IllegalArgumentException("estimate must be given, got null");
        }
        Checks.requireNotNegative(scale, "scale");
    }

    /**
     * Gaussian noise of exactly the covariance of SGD's minibatch gradient, {@code 1/m [ 1/N sum_i
     * g_i g_i^T - g g^T ]}, estimated on the batch, with Bessel's correction m/(m-1).
     *
     * <p>It costs one multiplication of the error signal at the encoder's output, draws one random
     * number per example, and keeps the correlations between all parameters of the encoder. A batch
     * of one example gets no noise. Where batch norm couples the examples of a batch, h is the
     * gradient of a randomly weighted batch loss.
     *
     * <p>For encoders whose updaters are all linear in the gradient: Sgd and Nesterovs, where it is
     * the default. With an adaptive updater on an encoder, {@code modulate} refuses it.
     *
     * @return exact noise, with scale 1
     * @see <a href="https://arxiv.org/abs/2203.15332">Peng et al., CVPR 2022, eq. 13 to 17</a>
     */
    public static GradientNoise sgdCovariance() {
        return new GradientNoise(Estimate.SGD_COVARIANCE, 1);
    }

    /**
     * What the published code does, for comparison with it: in every weight of four dimensions
     * (convolutions) h ~ N(0, s^2) with s the standard deviation of the entries of its gradient,
     * before the coefficient; no noise anywhere else.
     *
     * <p>It says nothing about how much the gradient varies from batch to batch. Costs one random
     * number per parameter and step, and no state; with momentum in an adaptive updater one array.
     *
     * @return tensorStd noise, with scale 1
     * @see <a href="https://arxiv.org/abs/2203.15332">Peng et al., CVPR 2022, and its code</a>
     */
    public static GradientNoise tensorStd() {
        return new GradientNoise(Estimate.TENSOR_STD, 1);
    }

    /**
     * The diagonal of the covariance, from running moments of the gradient: {@code sigma^2 = max(0,
     * v^ - m^^2) / (1 - r)}, {@code r = (1 - b)(1 + b^t) / ((1 + b)(1 - b^t))}; 0 in the first five
     * steps, in which it is known too poorly. The default for adaptive updaters.
     *
     * <p>Each worker of {@code ParallelWrapper} and of Spark draws numbers of its own, so that
     * their average has the variance of one big batch.
     *
     * <p>Costs one random number per parameter and step. State per parameter: in the Adam variant,
     * whose own second moment is used, two arrays, or one where p cannot act and beta1 is 0.9; else
     * two with b = 0.9, and one more where an adaptive updater has momentum.
     *
     * @return moments noise, with scale 1
     * @see <a href="https://arxiv.org/abs/1705.07774">Balles, Hennig: Dissecting Adam, ICML
     *     2018</a>
     */
    public static GradientNoise moments() {
        return new GradientNoise(Estimate.MOMENTS, 1);
    }

    /**
     * No noise: OGM alone.
     *
     * @return no noise
     */
    public static GradientNoise none() {
        return new GradientNoise(Estimate.NONE, 1);
    }

    /**
     * The same noise times a factor.
     *
     * @param factor at least 0 and finite; multiplies a factor given before
     * @return a new value, this one stays as it is
     * @throws IllegalArgumentException if the factor is negative, NaN or infinite
     */
    public GradientNoise scaledBy(double factor) {
        return new GradientNoise(estimate, scale * Checks.requireNotNegative(factor, "factor"));
    }

    /**
     * Whether any noise is added at all. Not a property: it follows from the others.
     *
     * @return false for no estimate or scale 0
     */
    public boolean active() {
        return estimate != Estimate.NONE && scale > 0;
    }
}
