package org.ogm4j.updater;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.updater.noise.Axpy;
import org.ogm4j.updater.noise.Gaussians;
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

    private final Scratch divisors = new Scratch();
    private final Scratch variances = new Scratch();

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
        Gaussians gaussians = gaussians(iteration);
        double rate = getConfig().getLearningRate(iteration, epoch);
        for (Span chunk : chunks(gradient)) {
            INDArray step = chunk.view(gradient);
            INDArray divisor = divisors.lend(step.dataType(), chunk.length());
            preconditioner.divisor(
                    getConfig().wrapped(),
                    state().inside(),
                    chunk,
                    step,
                    rate,
                    iteration + 1.0,
                    divisor,
                    variances.lend(step.dataType(), chunk.length()));
            INDArray deviation = deviation(preconditioner, chunk, step, iteration);
            scale(step, factors.k());
            addNoise(gaussians, deviation.divi(divisor), 1, step);
        }
    }

    private static void scale(INDArray step, double k) {
        if (k != 1) {
            step.muli(k);
        }
    }

    /** The standard deviation of what the updater moves along. */
    private INDArray deviation(
            Preconditioner preconditioner, Span chunk, INDArray step, int iteration) {
        INDArray variance = variances.lend(step.dataType(), chunk.length());
        variance().compute(chunk, iteration, variance);
        double beta1 = preconditioner.momentum();
        if (beta1 > 0) {
            List<INDArray> own = state().own();
            INDArray s = chunk.view(own.get(own.size() - 1));
            s.muli(beta1 * beta1);
            Axpy.add((1 - beta1) * (1 - beta1), variance, s);
            variance.muli(preconditioner.weightOfGradient(iteration + 1.0));
            Axpy.add(preconditioner.weightOfMean(iteration + 1.0), s, variance);
        }
        return Transforms.sqrt(variance, false);
    }
}
