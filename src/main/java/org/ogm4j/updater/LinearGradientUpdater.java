package org.ogm4j.updater;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.updater.noise.Gaussians;
import org.ogm4j.updater.noise.Scratch;
import org.ogm4j.updater.noise.Span;

/** Sgd or Nesterovs on a gradient that has been modulated: {@code k g + h, h ~ N(0, sigma^2)}. */
final class LinearGradientUpdater extends ModulatedGradientUpdater implements RawGradientReader {

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
        gradient.muli(factors.k());
        if (noisy()) {
            addNoise(gradient, iteration);
        }
    }

    private void addNoise(INDArray gradient, int iteration) {
        Gaussians gaussians = gaussians(iteration);
        for (Span chunk : chunks(gradient)) {
            INDArray deviation = deviations.lend(gradient.dataType(), chunk.length());
            variance().compute(chunk, iteration, deviation);
            Transforms.sqrt(deviation, false);
            addNoise(gaussians, deviation, 1, chunk.view(gradient));
        }
    }

    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        state().wrapped().applyUpdater(gradient, iteration, epoch);
    }
}
