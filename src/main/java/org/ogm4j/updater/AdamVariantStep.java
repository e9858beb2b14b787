package org.ogm4j.updater;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The Adam variant: see {@link org.ogm4j.AdamVariant}. State per parameter: m, v, and S if there is
 * noise. In a step without factors it is DL4J's Adam.
 */
final class AdamVariantStep extends ModulatedStep {

    private final Adam adam;
    private final INDArray m;
    private final INDArray v;
    private final Scratch divisors = new Scratch();
    private final Scratch variances = new Scratch();

    AdamVariantStep(ModulatedUpdater config, StateView state) {
        super(config, state);
        adam = (Adam) config.wrapped();
        INDArray inside = state.inside();
        int half = (int) (inside.length() / 2);
        m = new Tensor(0, half, false).of(inside);
        v = new Tensor(half, 2 * half, false).of(inside);
    }

    double beta1() {
        return adam.getBeta1();
    }

    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        StepFactors factors = factorsOf(iteration);
        if (factors == null) {
            state().wrapped().applyUpdater(gradient, iteration, epoch);
            return;
        }
        if (variance() != null) {
            variance().see(gradient, true);
        }
        Gaussians gaussians = noisy() ? gaussians(iteration) : null;
        double scale =
                adam.getLearningRate(iteration, epoch)
                        / (1 - Math.pow(adam.getBeta1(), iteration + 1.0));
        for (Tensor chunk : chunks(gradient)) {
            INDArray step = chunk.of(gradient);
            INDArray first = chunk.of(m);
            INDArray second = chunk.of(v);
            moveMoments(step, first, second, factors.p(), iteration);
            first.muli(factors.k() * scale, step);
            if (gaussians != null) {
                INDArray variance = variances.of(step.dataType(), chunk.length());
                if (variance() == null) {
                    ownVariance(first, second, factors, iteration, variance);
                } else {
                    variance().of(chunk, iteration, variance);
                }
                INDArray deviation = moveDeviation(chunk.of(state().own().get(0)), variance);
                addNoise(gaussians, deviation, scale, step);
            }
            step.divi(divisor(second, iteration));
        }
    }

    /** Moves m by p g and v by g^2. ND4J's operation overwrites g. */
    private void moveMoments(INDArray g, INDArray first, INDArray second, double p, int iteration) {
        double beta1 = adam.getBeta1();
        if (p != 1 && beta1 > 0) {
            Axpy.add((1 - beta1) * (p - 1) / beta1, g, first);
        }
        // its step is overwritten, and learning rate and epsilon with it
        Nd4j.exec(new AdamUpdater(g, second, first, 1, beta1, adam.getBeta2(), 1, iteration));
        if (p != 1 && beta1 == 0) {
            first.muli(p);
        }
    }

    /** The variance of the gradient, from m and v. */
    private void ownVariance(
            INDArray first, INDArray second, StepFactors factors, int iteration, INDArray result) {
        double beta1 = adam.getBeta1();
        double t = iteration + 1.0;
        double squares = (1 - beta1) / (1 + beta1) * (1 - Math.pow(beta1, 2 * t));
        MomentsVariance.estimate(
                first,
                second,
                1 - Math.pow(beta1, t) - factors.missing(),
                squares - factors.missingSquares(),
                1 - Math.pow(adam.getBeta2(), t),
                result);
    }

    /** Moves S by the variance of the gradient; returns its root, where the variance was. */
    private INDArray moveDeviation(INDArray s, INDArray variance) {
        double beta1 = adam.getBeta1();
        s.muli(beta1 * beta1);
        Axpy.add((1 - beta1) * (1 - beta1), variance, s);
        return Nd4j.getExecutioner().exec(new Sqrt(s, variance));
    }

    /** {@code sqrt(v^ + eps)}, or with epsilon outside {@code (sqrt(v) + eps) / sqrt(1 - b2^t)}. */
    private INDArray divisor(INDArray second, int iteration) {
        INDArray divisor = divisors.of(second.dataType(), (int) second.length());
        double correction = 1 - Math.pow(adam.getBeta2(), iteration + 1.0);
        if (getConfig().adam().epsilonInside()) {
            second.muli(1 / correction, divisor);
            return Transforms.sqrt(divisor.addi(adam.getEpsilon()), false);
        }
        Nd4j.getExecutioner().exec(new Sqrt(second, divisor));
        return divisor.addi(adam.getEpsilon()).divi(Math.sqrt(correction));
    }
}
