package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.AdamVariant;
import org.ogm4j.GradientNoise;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gaussians;
import org.ogm4j.testing.Nets;
import org.ogm4j.updater.noise.Span;

/** The noise added to steps has the variance that is claimed, to the last digits. */
class StepNoiseTest {

    private static final int N = 6;
    private static final int STEPS = 12;
    private static final long SEED = 3;
    private static final double K = 0.4;
    private static final double SCALE = 0.5;
    private static final double B = 0.9;

    /**
     * Every quantity a second way: what the updater moves along, from the list of all gradients;
     * its divisor, as the ratio of that and the step that DL4J makes; the variance of a weighted
     * sum of independent gradients, as the sum over all of them.
     */
    @ParameterizedTest
    @MethodSource("org.ogm4j.testing.Dl4jUpdaters#adaptive")
    void adaptive(IUpdater updater) {
        ModulatedGradientUpdater step = step(updater, GradientNoise.moments().scaledBy(SCALE), N);
        GradientUpdater<?> plain =
                updater.clone()
                        .instantiate(Nd4j.create(DataType.DOUBLE, updater.stateSize(N)), true);
        INDArray[] gradients = gradients();
        INDArray[] variances = new INDArray[STEPS];
        for (int t = 0; t < STEPS; t++) {
            variances[t] = momentsByHand(gradients, t);
            INDArray actual = gradients[t].dup();
            INDArray expected = gradients[t].dup();
            step.hand(t, StepFactors.of(K));
            step.applyUpdater(actual, t, 0);
            plain.applyUpdater(expected, t, 0);
            INDArray average = Nd4j.create(DataType.DOUBLE, N);
            INDArray variance = Nd4j.create(DataType.DOUBLE, N);
            for (int s = 0; s <= t; s++) {
                double weight = weight(updater, t, s);
                average.addi(gradients[s].mul(weight));
                variance.addi(variances[s].mul(weight * weight));
            }
            INDArray deviation = squareRoot(variance).mul(expected).div(average);
            INDArray noise = deviation.mul(numbers(t)).mul(SCALE);
            Compare.close(expected.mul(K).add(noise), actual, 1e-7, 1e-12, updater + " " + t);
        }
    }

    /** The weight of gradient s in what the updater moves along in step t. */
    private static double weight(IUpdater updater, int t, int s) {
        double inMean = (1 - B) * Math.pow(B, t - s) / (1 - Math.pow(B, t + 1));
        double now = s == t ? 1 : 0;
        if (updater instanceof Nadam) {
            return B * inMean + (1 - B) / (1 - Math.pow(B, t + 1)) * now;
        }
        boolean momentum =
                updater instanceof Adam || updater instanceof AdaMax || updater instanceof AMSGrad;
        return momentum ? inMean : now;
    }

    @Test
    void linear() {
        LinearGradientUpdater step =
                (LinearGradientUpdater)
                        step(new Sgd(0.1), GradientNoise.moments().scaledBy(SCALE), N);
        INDArray[] gradients = gradients();
        for (int t = 0; t < STEPS; t++) {
            INDArray actual = gradients[t].dup();
            step.hand(t, StepFactors.of(K));
            step.readRaw(actual, t, 0);
            INDArray noise = squareRoot(momentsByHand(gradients, t)).mul(numbers(t)).mul(SCALE);
            Compare.close(gradients[t].mul(K).add(noise), actual, 1e-9, 1e-14, "step " + t);
        }
    }

    @Test
    void tensorStdOfKernelsAlone() {
        LinearGradientUpdater step =
                (LinearGradientUpdater) step(new Sgd(0.1), GradientNoise.tensorStd(), N);
        step.prepare(List.of(new Span(0, 4, true), new Span(4, N, false)), 0);
        INDArray gradient = Nd4j.createFromArray(1.0, 2.0, 4.0, 5.0, 100.0, 300.0);
        step.hand(0, StepFactors.of(K));
        step.readRaw(gradient, 0, 0);
        double std = Math.sqrt((4 + 1 + 1 + 4) / 3.0);
        INDArray z = Gaussians.of(SEED, 0, 4);
        for (int i = 0; i < 4; i++) {
            double raw = new double[] {1, 2, 4, 5}[i];
            assertEquals(K * raw + std * z.getDouble(i), gradient.getDouble(i), 1e-12);
        }
        assertEquals(K * 100, gradient.getDouble(4));
        assertEquals(K * 300, gradient.getDouble(5));
    }

    @Test
    void longBlocksAreWorkedOnInPieces() {
        int n = 100_000;
        INDArray gradient = Nets.gaussian(new Random(1), n);
        LinearGradientUpdater step =
                (LinearGradientUpdater) step(new Sgd(0.1), GradientNoise.tensorStd(), n);
        step.prepare(List.of(new Span(0, n, true)), 0);
        INDArray actual = gradient.dup();
        step.hand(0, StepFactors.of(1));
        step.readRaw(actual, 0, 0);
        // n = 100,000 numbers of variance 1: 5 standard errors, false-alarm rate 6e-7
        assertEquals(1, actual.sub(gradient).varNumber().doubleValue(), 5 * Math.sqrt(2.0 / n));
        assertEquals(0, actual.sub(gradient).meanNumber().doubleValue(), 5 / Math.sqrt(n));
        double std = gradient.stdNumber().doubleValue();
        INDArray noise = Gaussians.of(SEED, 0, n).mul(std);
        Compare.close(gradient.add(noise), actual, 1e-9, 1e-12, "no number twice");
    }

    private static ModulatedGradientUpdater step(IUpdater updater, GradientNoise noise, int n) {
        ModulatedUpdater config =
                new ModulatedUpdater(updater, "a", noise, SEED, 0, AdamVariant.off());
        long size = config.stateSize(n);
        INDArray view = size == 0 ? null : Nd4j.create(DataType.DOUBLE, size);
        ModulatedGradientUpdater step = config.instantiate(view, true);
        step.prepare(List.of(new Span(0, n, false)), 0);
        return step;
    }

    private static INDArray[] gradients() {
        Random random = new Random(5);
        INDArray[] gradients = new INDArray[STEPS];
        for (int t = 0; t < STEPS; t++) {
            gradients[t] = Nets.gaussian(random, N).addi(0.3);
        }
        return gradients;
    }

    /** The formula of Balles and Hennig from the list of all gradients. */
    private static INDArray momentsByHand(INDArray[] gradients, int last) {
        double t = last + 1.0;
        INDArray m = Nd4j.create(DataType.DOUBLE, N);
        INDArray v = Nd4j.create(DataType.DOUBLE, N);
        for (int s = 0; s <= last; s++) {
            double weight = (1 - B) * Math.pow(B, last - s) / (1 - Math.pow(B, t));
            m.addi(gradients[s].mul(weight));
            v.addi(gradients[s].mul(gradients[s]).mul(weight));
        }
        double r = (1 - B) * (1 + Math.pow(B, t)) / ((1 + B) * (1 - Math.pow(B, t)));
        return last < 5 ? m.mul(0) : v.sub(m.mul(m)).div(1 - r);
    }

    private static INDArray numbers(int iteration) {
        INDArray z = Gaussians.of(SEED, iteration, N);
        return z;
    }

    private static INDArray squareRoot(INDArray array) {
        double[] values = array.toDoubleVector();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sqrt(Math.max(0, values[i]));
        }
        return Nd4j.createFromArray(values);
    }
}
