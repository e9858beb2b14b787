package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.AdamVariant;
import org.ogm4j.GradientNoise;
import org.ogm4j.testing.Gaussians;
import org.ogm4j.updater.noise.Span;

/**
 * The noise of the variant has the variance that S has where Var(g) is known, whatever p is: on
 * Gaussian gradients of variance sigma^2, with the noise's divisor taken out, the mean of its
 * squares over n = 100,000 coordinates is within 5 standard errors of
 *
 * <pre>{@code
 * S_t = (1 - b1)^2 sigma^2 sum_{s=6}^t b1^(2 (t - s))
 * }</pre>
 *
 * which fails by chance with probability 6e-7 for each of the 16 numbers that are looked at.
 */
class VariantVarianceTest {

    private static final int N = 100_000;
    private static final double SIGMA = 0.7;
    private static final double MEAN = 0.1;
    private static final double RATE = 0.01;
    private static final double B1 = 0.9;
    private static final double B2 = 0.999;
    private static final double EPSILON = 1e-8;
    private static final int FIRST = 6;

    @Test
    void withoutP() {
        assertVariance(t -> 1, AdamVariant.standard(), DataType.DOUBLE, 5, 6, 12, 30);
        assertVariance(
                t -> 1, AdamVariant.standard().withoutMomentCoefficient(), DataType.DOUBLE, 6, 30);
    }

    @Test
    void withAConstantP() {
        assertVariance(t -> 0.3, AdamVariant.standard(), DataType.DOUBLE, 6, 30);
        assertVariance(t -> 1e-3, AdamVariant.standard(), DataType.FLOAT, 6, 30);
    }

    @Test
    void duringAndAfterALongStretchOfSmallP() {
        assertVariance(
                t -> t > 10 && t <= 100 ? 1e-8 : 1,
                AdamVariant.standard(),
                DataType.FLOAT,
                50,
                100,
                101,
                110);
    }

    @Test
    void withOneGradientOfWeight() {
        assertVariance(t -> t == 9 ? 1 : 1e-8, AdamVariant.standard(), DataType.DOUBLE, 9, 10);
    }

    /** The mean is kept outside the window too, S is not: it starts with the window. */
    @Test
    void inAWindowThatBeginsLater() {
        assertVariance(
                t -> t <= 20 ? Double.NaN : 1, AdamVariant.standard(), DataType.DOUBLE, 21, 30);
    }

    private static void assertVariance(
            IntToDoubleFunction p, AdamVariant variant, DataType type, Integer... looked) {
        AdamVariantGradientUpdater noisy = step(GradientNoise.moments(), variant, type);
        AdamVariantGradientUpdater quiet = step(GradientNoise.none(), variant, type);
        INDArray v = Nd4j.create(DataType.DOUBLE, N);
        List<Integer> steps = List.of(looked);
        int last = steps.get(steps.size() - 1);
        for (int t = 1; t <= last; t++) {
            INDArray g = gradient(t);
            v.muli(B2).addi(g.mul(g).mul(1 - B2));
            INDArray with = apply(noisy, g.castTo(type).dup(), t, p);
            INDArray without = apply(quiet, g.castTo(type).dup(), t, p);
            if (steps.contains(t)) {
                INDArray divisor = Transforms.sqrt(v.div(1 - Math.pow(B2, t)).add(EPSILON), false);
                INDArray noise = with.sub(without).mul(divisor).mul((1 - Math.pow(B1, t)) / RATE);
                INDArray squares = noise.mul(noise);
                double expected = 0;
                for (int s = FIRST; s <= t; s++) {
                    expected +=
                            Double.isNaN(p.applyAsDouble(s))
                                    ? 0
                                    : Math.pow((1 - B1) * SIGMA * Math.pow(B1, t - s), 2);
                }
                double error = squares.stdNumber().doubleValue() / Math.sqrt(N);
                assertEquals(expected, squares.meanNumber().doubleValue(), 5 * error, "step " + t);
            }
        }
    }

    private static INDArray apply(
            AdamVariantGradientUpdater step, INDArray gradient, int t, IntToDoubleFunction p) {
        double factor = p.applyAsDouble(t);
        step.hand(t - 1, Double.isNaN(factor) ? null : new StepFactors(0.5, factor));
        step.applyUpdater(gradient, t - 1, 0);
        return gradient.castTo(DataType.DOUBLE);
    }

    private static AdamVariantGradientUpdater step(
            GradientNoise noise, AdamVariant variant, DataType type) {
        ModulatedUpdater config =
                new ModulatedUpdater(new Adam(RATE, B1, B2, EPSILON), "a", noise, 7, 0, variant);
        AdamVariantGradientUpdater step =
                (AdamVariantGradientUpdater)
                        config.instantiate(Nd4j.create(type, 1, config.stateSize(N)), true);
        step.prepare(List.of(new Span(0, N, false)), 0);
        return step;
    }

    private static INDArray gradient(int t) {
        INDArray z = Gaussians.of(11, t, N);
        return z.muli(SIGMA).addi(MEAN);
    }
}
