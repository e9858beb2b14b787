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
import org.ogm4j.updater.noise.RunningMean;
import org.ogm4j.updater.noise.Scratch;
import org.ogm4j.updater.noise.Span;

/**
 * The Adam variant: see {@link org.ogm4j.AdamVariant}. State per parameter: m, v, S if there is
 * noise, and a mean of the gradient if m is not one that its variance can be estimated from. In a
 * step without factors it is DL4J's Adam.
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
        if (config.usesMomentsOfAdam()) {
            RunningMean mean =
                    config.keepsMean()
                            ? ownMean(state.own().size() - 1)
                            : new RunningMean(blockM, adam.getBeta1(), 0, false);
            variance(new MomentsVariance(mean, new RunningMean(blockV, adam.getBeta2(), 0, false)));
        }
    }

    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        StepFactors factors = factorsOf(iteration);
        if (variance() != null) {
            variance().observe(gradient, factors != null);
        }
        if (factors == null) {
            state().wrapped().applyUpdater(gradient, iteration, epoch);
            return;
        }
        Gaussians gaussians = noisy() ? gaussians(iteration) : null;
        double k = getConfig().adam().stepCoefficient() ? factors.k() : 1;
        double scale =
                adam.getLearningRate(iteration, epoch)
                        / (1 - Math.pow(adam.getBeta1(), iteration + 1.0));
        for (Span chunk : chunks(gradient)) {
            INDArray m = chunk.view(blockM);
            INDArray v = chunk.view(blockV);
            INDArray step = chunk.view(gradient); // g, until m and v have it
            moveMoments(step, m, v, factors.p(), iteration);
            m.muli(k * scale, step);
            if (gaussians != null) {
                INDArray variance = variances.lend(step.dataType(), chunk.length());
                variance().compute(chunk, iteration, variance);
                INDArray deviation = deviation(chunk, variance);
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

    /** Moves S by the variance of the gradient; returns its root, where the variance was. */
    private INDArray deviation(Span part, INDArray variance) {
        double beta1 = adam.getBeta1();
        if (beta1 == 0) {
            return Transforms.sqrt(variance, false); // S is the variance
        }
        INDArray s = part.view(state().own().get(0));
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
