package org.ogm4j.updater;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
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
    private final Scratch gradients = new Scratch();
    private final Scratch firsts = new Scratch();
    private final Scratch seconds = new Scratch();
    private final Scratch variances = new Scratch();
    private final Scratch sums = new Scratch();

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
        double k = getConfig().adam().stepCoefficient() ? factors.k() : 1;
        double scale =
                adam.getLearningRate(iteration, epoch)
                        / (1 - Math.pow(adam.getBeta1(), iteration + 1.0));
        for (Span chunk : chunks(gradient)) {
            int length = chunk.length();
            double[] step = gradients.lend(length); // g, until m and v have it
            double[] m = firsts.lend(length);
            double[] v = seconds.lend(length);
            chunk.read(gradient, step);
            moveMoments(chunk, step, m, v, factors.p());
            for (int i = 0; i < length; i++) {
                step[i] = k * scale * m[i];
            }
            if (noisy()) {
                addNoise(chunk, iteration, deviation(chunk, iteration), scale, step);
            }
            divide(step, v, length, iteration);
            chunk.write(gradient, step);
        }
    }

    /** Moves m by p g and v by g^2. */
    private void moveMoments(Span chunk, double[] g, double[] m, double[] v, double p) {
        double beta1 = adam.getBeta1();
        double beta2 = adam.getBeta2();
        chunk.read(blockM, m);
        chunk.read(blockV, v);
        for (int i = 0; i < chunk.length(); i++) {
            m[i] = beta1 * m[i] + (1 - beta1) * p * g[i];
            v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        }
        chunk.write(blockM, m);
        chunk.write(blockV, v);
    }

    /** Moves S by the variance of the gradient, and returns its root. */
    private double[] deviation(Span chunk, int iteration) {
        int length = chunk.length();
        double beta1 = adam.getBeta1();
        double[] variance = variances.lend(length);
        variance().compute(chunk, iteration, variance);
        if (beta1 > 0) { // or S is the variance
            double[] s = sums.lend(length);
            chunk.read(state().own().get(0), s);
            for (int i = 0; i < length; i++) {
                variance[i] = beta1 * beta1 * s[i] + (1 - beta1) * (1 - beta1) * variance[i];
            }
            chunk.write(state().own().get(0), variance);
        }
        for (int i = 0; i < length; i++) {
            variance[i] = Math.sqrt(variance[i]);
        }
        return variance;
    }

    /**
     * By {@code sqrt(v^ + eps)}, or with epsilon outside {@code (sqrt(v) + eps) / sqrt(1 - b2^t)}.
     */
    private void divide(double[] step, double[] v, int length, int iteration) {
        double correction = 1 - Math.pow(adam.getBeta2(), iteration + 1.0);
        double root = Math.sqrt(correction);
        double epsilon = adam.getEpsilon();
        boolean inside = getConfig().adam().epsilonInside();
        for (int i = 0; i < length; i++) {
            step[i] /=
                    inside
                            ? Math.sqrt(v[i] / correction + epsilon)
                            : (Math.sqrt(v[i]) + epsilon) / root;
        }
    }
}
