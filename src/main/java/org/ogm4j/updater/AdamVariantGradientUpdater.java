package org.ogm4j.updater;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.updater.noise.Axpy;
import org.ogm4j.updater.noise.Gaussians;
import org.ogm4j.updater.noise.MomentsVariance;
import org.ogm4j.updater.noise.Scratch;
import org.ogm4j.updater.noise.Span;

/**
 * The Adam variant: see {@link org.ogm4j.AdamVariant}. State per parameter: m, v, and S if there is
 * noise. In a step without factors it is DL4J's Adam.
 */
final class AdamVariantGradientUpdater extends ModulatedGradientUpdater {

    private final Adam adam;
    private final INDArray blockM;
    private final INDArray blockV;
    private final Scratch divisors = new Scratch();
    private final Scratch variances = new Scratch();

    AdamVariantGradientUpdater(ModulatedUpdater config, StateView state) {
        super(config, state);
        adam = (Adam) config.wrapped();
        INDArray inside = state.inside();
        int half = (int) (inside.length() / 2);
        blockM = new Span(0, half, false).view(inside);
        blockV = new Span(half, 2 * half, false).view(inside);
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
            variance().observe(gradient, true);
        }
        Gaussians gaussians = noisy() ? gaussians(iteration) : null;
        double scale =
                adam.getLearningRate(iteration, epoch)
                        / (1 - Math.pow(adam.getBeta1(), iteration + 1.0));
        for (Span chunk : chunks(gradient)) {
            INDArray m = chunk.view(blockM);
            INDArray v = chunk.view(blockV);
            INDArray step = chunk.view(gradient); // g, until m and v have it
            moveMoments(step, m, v, factors.p(), iteration);
            m.muli(factors.k() * scale, step);
            if (gaussians != null) {
                INDArray variance = variances.lend(step.dataType(), chunk.length());
                if (variance() == null) {
                    ownVariance(m, v, factors, iteration, variance);
                } else {
                    variance().compute(chunk, iteration, variance);
                }
                INDArray deviation = moveDeviation(chunk.view(state().own().get(0)), variance);
                addNoise(gaussians, deviation, scale, step);
            }
            step.divi(divisor(v, iteration));
        }
    }

    /** Moves m by p g and v by g^2. ND4J's operation overwrites g. */
    private void moveMoments(INDArray g, INDArray m, INDArray v, double p, int iteration) {
        double beta1 = adam.getBeta1();
        if (p != 1 && beta1 > 0) {
            Axpy.add((1 - beta1) * (p - 1) / beta1, g, m);
        }
        // its step is overwritten, and learning rate and epsilon with it
        Nd4j.exec(new AdamUpdater(g, v, m, 1, beta1, adam.getBeta2(), 1, iteration));
        if (p != 1 && beta1 == 0) {
            m.muli(p);
        }
    }

    /** The variance of the gradient, from m and v. */
    private void ownVariance(
            INDArray m, INDArray v, StepFactors factors, int iteration, INDArray result) {
        double beta1 = adam.getBeta1();
        double t = iteration + 1.0;
        double squares = (1 - beta1) / (1 + beta1) * (1 - Math.pow(beta1, 2 * t));
        MomentsVariance.estimate(
                m,
                v,
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
    private INDArray divisor(INDArray v, int iteration) {
        INDArray divisor = divisors.lend(v.dataType(), (int) v.length());
        double correction = 1 - Math.pow(adam.getBeta2(), iteration + 1.0);
        if (getConfig().adam().epsilonInside()) {
            v.muli(1 / correction, divisor);
            return Transforms.sqrt(divisor.addi(adam.getEpsilon()), false);
        }
        Nd4j.getExecutioner().exec(new Sqrt(v, divisor));
        return divisor.addi(adam.getEpsilon()).divi(Math.sqrt(correction));
    }
}
