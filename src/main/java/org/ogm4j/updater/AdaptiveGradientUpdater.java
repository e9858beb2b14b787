package org.ogm4j.updater;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.updater.noise.Scratch;
import org.ogm4j.updater.noise.Span;

/**
 * An adaptive updater whose finished step u becomes {@code k u + xi}.
 *
 * <p>The noise has the variance that the batch gradient's gives the step, with the updater's
 * divisor taken as it is: with momentum b1 the variance of the running mean is {@code S_t = b1^2
 * S_{t-1} + (1 - b1)^2 Var(g_t)}, as in the Adam variant.
 */
final class AdaptiveGradientUpdater extends ModulatedGradientUpdater {

    private final Scratch steps = new Scratch();
    private final Scratch divisors = new Scratch();
    private final Scratch variances = new Scratch();
    private final Scratch sums = new Scratch();

    AdaptiveGradientUpdater(ModulatedUpdater config, StateView state) {
        super(config, state);
    }

    /** Makes the gradient the step, in place. */
    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        StepFactors factors = factorsOf(iteration);
        if (variance() != null) {
            variance().observe(gradient, factors != null);
        }
        state().wrapped().applyUpdater(gradient, iteration, epoch);
        if (factors == null) {
            return;
        }
        if (!noisy()) {
            scale(gradient, factors.k());
            return;
        }
        Preconditioner preconditioner = Preconditioner.of(getConfig().wrapped());
        double rate = getConfig().getLearningRate(iteration, epoch);
        for (Span chunk : chunks(gradient)) {
            int length = chunk.length();
            double[] step = steps.lend(length);
            double[] divisor = divisors.lend(length);
            double[] deviation = variances.lend(length);
            chunk.read(gradient, step);
            preconditioner.divisor(
                    getConfig().wrapped(),
                    state().inside(),
                    chunk,
                    step,
                    rate,
                    iteration + 1.0,
                    divisor,
                    deviation);
            variance().compute(chunk, iteration, deviation);
            average(preconditioner, chunk, iteration, deviation);
            for (int i = 0; i < length; i++) {
                step[i] *= factors.k();
                deviation[i] = Math.sqrt(deviation[i]) / divisor[i];
            }
            addNoise(chunk, iteration, deviation, 1, step);
            chunk.write(gradient, step);
        }
    }

    private static void scale(INDArray step, double k) {
        if (k != 1) {
            step.muli(k);
        }
    }

    /** From the variance of the gradient to that of what the updater moves along. */
    private void average(
            Preconditioner preconditioner, Span chunk, int iteration, double[] variance) {
        double beta1 = preconditioner.momentum();
        if (beta1 > 0) {
            List<INDArray> own = state().own();
            double[] s = sums.lend(chunk.length());
            double ofGradient = preconditioner.weightOfGradient(iteration + 1.0);
            double ofMean = preconditioner.weightOfMean(iteration + 1.0);
            chunk.read(own.get(own.size() - 1), s);
            for (int i = 0; i < chunk.length(); i++) {
                s[i] = beta1 * beta1 * s[i] + (1 - beta1) * (1 - beta1) * variance[i];
                variance[i] = ofGradient * variance[i] + ofMean * s[i];
            }
            chunk.write(own.get(own.size() - 1), s);
        }
    }
}
