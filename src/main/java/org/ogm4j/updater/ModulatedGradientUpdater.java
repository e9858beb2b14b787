package org.ogm4j.updater;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.ogm4j.GradientNoise;
import org.ogm4j.GradientNoise.Estimate;
import org.ogm4j.host.worker.Worker;
import org.ogm4j.math.CounterGaussian;
import org.ogm4j.math.Ziggurat;
import org.ogm4j.updater.noise.MomentsVariance;
import org.ogm4j.updater.noise.RunningMean;
import org.ogm4j.updater.noise.Scratch;
import org.ogm4j.updater.noise.Span;
import org.ogm4j.updater.noise.TensorVariance;
import org.ogm4j.updater.noise.VarianceEstimate;

/**
 * A decorated updater at work on one block of parameters. Its factors are handed to it in every
 * step; in a step where none are, it is the updater inside.
 */
abstract class ModulatedGradientUpdater implements GradientUpdater<ModulatedUpdater> {

    private final ModulatedUpdater config;
    private final StateView state;
    private final Scratch numbers = new Scratch();
    private VarianceEstimate variance;
    private List<Span> tensors;
    private List<Span> chunks;
    private int block;
    private int iteration = -1;
    private StepFactors factors;
    private long seed;

    ModulatedGradientUpdater(ModulatedUpdater config, StateView state) {
        this.config = config;
        this.state = state;
        if (config.keepsMoments()) {
            variance = new MomentsVariance(ownMean(0), ownMean(1));
        }
    }

    /**
     * Takes the factors of the step under way.
     *
     * @param block the block that this updater works on
     * @param iteration the step
     * @param factors null for a step that is not to be modulated
     */
    final void hand(UpdaterBlock block, int iteration, StepFactors factors) {
        if (tensors == null) {
            prepare(Span.of(block), block.getParamOffsetStart());
        }
        hand(iteration, factors);
    }

    final void prepare(List<Span> tensors, int block) {
        this.block = block;
        this.tensors = tensors;
        chunks = null;
        GradientNoise noise = config.noise();
        if (noise.active() && noise.estimate() == Estimate.TENSOR_STD) {
            variance = new TensorVariance(tensors);
        }
    }

    final void hand(int iteration, StepFactors factors) {
        this.iteration = iteration;
        this.factors = factors;
        if (factors != null && noisy()) {
            seed = Worker.seed(config.seed());
        }
    }

    /** The factors of a step, null if there are none for it. */
    final StepFactors factorsOf(int iteration) {
        return this.iteration == iteration ? factors : null;
    }

    /**
     * The parts to work on one after another, each inside one tensor if the estimate needs that.
     */
    final List<Span> chunks(INDArray gradient) {
        if (chunks == null) {
            chunks =
                    variance instanceof TensorVariance
                            ? tensors.stream().flatMap(tensor -> tensor.chunks().stream()).toList()
                            : new Span(0, (int) gradient.length(), false).chunks();
        }
        return chunks;
    }

    final StateView state() {
        return state;
    }

    /** A running mean among the decorator's own arrays. */
    final RunningMean ownMean(int index) {
        return new RunningMean(state.own().get(index), MomentsVariance.DECAY, config.start(), true);
    }

    /** The estimate of the gradient's variance; null without noise. */
    final VarianceEstimate variance() {
        return variance;
    }

    final void variance(VarianceEstimate estimate) {
        variance = estimate;
    }

    final boolean noisy() {
        return config.noise().active();
    }

    /**
     * Adds Gaussian noise to a part of the gradient or of the step. Each parameter has a number of
     * its own in every step, whatever the parts are.
     *
     * @param chunk which part
     * @param iteration the step
     * @param deviation its standard deviation, up to the factor
     * @param factor on the noise, beside the user's scale
     * @param part changed in place
     */
    final void addNoise(
            Span chunk, int iteration, double[] deviation, double factor, double[] part) {
        int length = chunk.length();
        double[] z = numbers.lend(length);
        long key = CounterGaussian.key(seed, iteration, block);
        Ziggurat.fill(key, chunk.from(), z, length);
        double scale = config.noise().scale() * factor;
        for (int i = 0; i < length; i++) {
            part[i] += scale * deviation[i] * z[i];
        }
    }

    @Override
    public final ModulatedUpdater getConfig() {
        return config;
    }

    @Override
    public final Map<String, INDArray> getState() {
        return state.wrapped().getState();
    }

    @Override
    public final void setState(Map<String, INDArray> stateMap, boolean initialize) {
        state.wrapped().setState(stateMap, initialize);
    }

    @Override
    public final void setStateViewArray(
            INDArray viewArray, long[] gradientShape, char gradientOrder, boolean initialize) {
        throw new UnsupportedOperationException(
                "state must be given when the updater is made, got another view for " + config);
    }
}
