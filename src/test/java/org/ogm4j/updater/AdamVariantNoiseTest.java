package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.AdamVariant;
import org.ogm4j.GradientNoise;
import org.ogm4j.testing.Gaussians;
import org.ogm4j.testing.Nets;
import org.ogm4j.updater.noise.Span;

/**
 * The noise of the Adam variant, whose variance comes from Adam's v and a mean, number by number
 * from the list of all gradients and all p.
 */
class AdamVariantNoiseTest {

    private static final int N = 9;
    private static final int STEPS = 12;
    private static final long SEED = 3;
    private static final double K = 0.4;
    private static final double RATE = 0.01;
    private static final double EPSILON = 1e-3;
    private static final double SCALE = 0.5;

    @ParameterizedTest
    @CsvSource({"0.9, 0.999", "0.9, 0.9", "0.5, 0.95"})
    void hasTheVarianceOfTheMoments(double beta1, double beta2) {
        AdamVariantGradientUpdater step = step(beta1, beta2, DataType.DOUBLE);
        double[][] gradients = gradients();
        double[] p = new double[STEPS];
        double[] s = new double[N];
        boolean noisy = false;
        for (int t = 0; t < STEPS; t++) {
            p[t] = t % 3 == 1 ? 0.6 : 1 - 0.03 * t;
            INDArray actual = Nd4j.createFromArray(gradients[t]);
            step.hand(t, new StepFactors(K, p[t]));
            step.applyUpdater(actual, t, 0);
            INDArray z = Gaussians.of(SEED, t, N);
            for (int i = 0; i < N; i++) {
                Moments moments = moments(gradients, p, i, t, beta1, beta2);
                s[i] = beta1 * beta1 * s[i] + square(1 - beta1) * moments.variance();
                double all = 1 - Math.pow(beta1, t + 1.0);
                double noise = SCALE * Math.sqrt(s[i]) * z.getDouble(i);
                double expected =
                        RATE
                                / all
                                * (K * moments.m() + noise)
                                / Math.sqrt(moments.v() / (1 - Math.pow(beta2, t + 1.0)) + EPSILON);
                noisy |= s[i] > 0;
                assertTrue(
                        Math.abs(expected - actual.getDouble(i)) <= 1e-9 * Math.abs(expected),
                        "step %d, %d: %s, got %s".formatted(t, i, expected, actual.getDouble(i)));
            }
        }
        assertTrue(noisy, "there must be noise");
    }

    /** Of one parameter: the variant's two, and the variance of Balles and Hennig. */
    private record Moments(double m, double v, double variance) {}

    private static Moments moments(
            double[][] gradients, double[] p, int i, int last, double beta1, double beta2) {
        double m = 0;
        double mean = 0;
        double v = 0;
        double ofM = 0;
        double squares = 0;
        double ofV = 0;
        for (int t = 0; t <= last; t++) {
            double w = (1 - 0.9) * Math.pow(0.9, last - t); // whatever p and beta1 are
            double u = (1 - beta2) * Math.pow(beta2, last - t);
            m += (1 - beta1) * Math.pow(beta1, last - t) * p[t] * gradients[t][i];
            mean += w * gradients[t][i];
            v += u * square(gradients[t][i]);
            ofM += w;
            squares += square(w);
            ofV += u;
        }
        double known = 1 - squares / square(ofM);
        double variance = last < 5 ? 0 : Math.max(0, v / ofV - square(mean / ofM)) / known;
        return new Moments(m, v, variance);
    }

    @Test
    void isTheSameInHalfPrecisionToItsDigits() {
        double[][] gradients = gradients();
        AdamVariantGradientUpdater exact = step(0.9, 0.999, DataType.DOUBLE);
        AdamVariantGradientUpdater half = step(0.9, 0.999, DataType.FLOAT16);
        for (int t = 0; t < STEPS; t++) {
            INDArray expected = Nd4j.createFromArray(gradients[t]);
            INDArray actual = expected.castTo(DataType.FLOAT16);
            StepFactors factors = new StepFactors(K, 0.8);
            exact.hand(t, factors);
            exact.applyUpdater(expected, t, 0);
            half.hand(t, factors);
            half.applyUpdater(actual, t, 0);
            double difference =
                    actual.castTo(DataType.DOUBLE).sub(expected).amaxNumber().doubleValue();
            assertTrue(difference < 2e-4, "step " + t + ": " + difference);
        }
    }

    @Test
    void ofKernelsAlone() {
        AdamVariantGradientUpdater step =
                step(
                        GradientNoise.tensorStd(),
                        new Adam(RATE, 0.9, 0.999, EPSILON),
                        DataType.DOUBLE);
        step.prepare(List.of(new Span(0, 4, true), new Span(4, N, false)), 0);
        double[] gradient = {1, 2, 4, 5, 10, 20, 30, 40, 50};
        INDArray actual = Nd4j.createFromArray(gradient);
        step.hand(0, StepFactors.of(K));
        step.applyUpdater(actual, 0, 0);
        INDArray z = Gaussians.of(SEED, 0, 4);
        double std = Math.sqrt((4 + 1 + 1 + 4) / 3.0);
        for (int i = 0; i < N; i++) {
            double noise = i < 4 ? std * z.getDouble(i) : 0;
            double expected =
                    RATE * (K * gradient[i] + noise) / Math.sqrt(square(gradient[i]) + EPSILON);
            assertEquals(expected, actual.getDouble(i), 1e-12);
        }
    }

    private static AdamVariantGradientUpdater step(double beta1, double beta2, DataType type) {
        return step(
                GradientNoise.moments().scaledBy(SCALE),
                new Adam(RATE, beta1, beta2, EPSILON),
                type);
    }

    private static AdamVariantGradientUpdater step(GradientNoise noise, Adam adam, DataType type) {
        ModulatedUpdater config =
                new ModulatedUpdater(adam, "a", noise, SEED, 0, AdamVariant.standard());
        AdamVariantGradientUpdater step =
                (AdamVariantGradientUpdater)
                        config.instantiate(Nd4j.create(type, 1, config.stateSize(N)), true);
        step.prepare(List.of(new Span(0, N, false)), 0);
        return step;
    }

    private static double[][] gradients() {
        Random random = new Random(5);
        double[][] gradients = new double[STEPS][];
        for (int t = 0; t < STEPS; t++) {
            gradients[t] = Nets.gaussian(random, N).addi(0.3).toDoubleVector();
        }
        return gradients;
    }

    private static double square(double x) {
        return x * x;
    }
}
