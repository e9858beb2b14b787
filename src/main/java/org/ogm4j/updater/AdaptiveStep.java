package org.ogm4j.updater;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * An adaptive updater whose finished step u becomes {@code k u + xi}.
 *
 * <p>The noise has the variance that the batch gradient's gives the step, with the updater's
 * divisor taken as it is: with momentum b1 the variance of the running mean is {@code S_t = b1^2
 * S_{t-1} + (1 - b1)^2 Var(g_t)}, as in the Adam variant.
 */
final class AdaptiveStep extends ModulatedStep {

    private final Scratch divisors = new Scratch();
    private final Scratch variances = new Scratch();

    AdaptiveStep(ModulatedUpdater config, StateView state) {
        super(config, state);
    }

    /** Makes the gradient the step, in place. */
    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        StepFactors factors = factorsOf(iteration);
        if (variance() != null) {
            variance().see(gradient, factors != null);
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
        for (Tensor chunk : chunks(gradient)) {
            INDArray step = chunk.of(gradient);
            INDArray divisor = divisors.of(step.dataType(), chunk.length());
            preconditioner.divisor(
                    getConfig().wrapped(),
                    state().inside(),
                    chunk,
                    step,
                    rate,
                    iteration + 1.0,
                    divisor,
                    variances.of(step.dataType(), chunk.length()));
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
            Preconditioner preconditioner, Tensor chunk, INDArray step, int iteration) {
        INDArray variance = variances.of(step.dataType(), chunk.length());
        variance().of(chunk, iteration, variance);
        double b1 = preconditioner.momentum();
        if (b1 > 0) {
            List<INDArray> own = state().own();
            INDArray s = chunk.of(own.get(own.size() - 1));
            s.muli(b1 * b1);
            Axpy.add((1 - b1) * (1 - b1), variance, s);
            variance.muli(preconditioner.weightOfGradient(iteration + 1.0));
            Axpy.add(preconditioner.weightOfMean(iteration + 1.0), s, variance);
        }
        return Transforms.sqrt(variance, false);
    }
}
