package org.ogm4j.updater;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.updater.noise.Scratch;
import org.ogm4j.updater.noise.Span;

/** Sgd or Nesterovs on a gradient that has been modulated: {@code k g + h, h ~ N(0, sigma^2)}. */
final class LinearGradientUpdater extends ModulatedGradientUpdater implements RawGradientReader {

    private final Scratch gradients = new Scratch();
    private final Scratch deviations = new Scratch();

    LinearGradientUpdater(ModulatedUpdater config, StateView state) {
        super(config, state);
    }

    @Override
    public void readRaw(INDArray gradient, int iteration, int epoch) {
        StepFactors factors = factorsOf(iteration);
        if (variance() != null) {
            variance().observe(gradient, factors != null);
        }
        if (factors == null) {
            return;
        }
        if (!noisy()) {
            gradient.muli(factors.k());
            return;
        }
        for (Span chunk : chunks(gradient)) {
            int length = chunk.length();
            double[] g = gradients.lend(length);
            double[] deviation = deviations.lend(length);
            chunk.read(gradient, g);
            variance().compute(chunk, iteration, deviation);
            for (int i = 0; i < length; i++) {
                g[i] *= factors.k();
                deviation[i] = Math.sqrt(deviation[i]);
            }
            addNoise(chunk, iteration, deviation, 1, g);
            chunk.write(gradient, g);
        }
    }

    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        state().wrapped().applyUpdater(gradient, iteration, epoch);
    }
}
