package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.ogm4j.AdamVariant;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Nets;
import org.ogm4j.updater.noise.Span;

/**
 * How far the noise moves weights, in learning rates.
 *
 * <p>In the Adam variant the noise's standard deviation is at most 0.34 learning rates whatever the
 * gradients are (docs/adr/0021), and at most sqrt(1 - x^2) of that where the step itself is x. So a
 * step beyond 2 asks for a number beyond 5 standard deviations, at the worst gradients.
 */
class StepSizeTest {

    private static final int N = 2000;
    private static final int STEPS = 30;
    private static final double RATE = 0.001;
    private static final double MOST = 2;

    private record Case(String name, IntToDoubleFunction p) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> factors() {
        Stream<Case> constant =
                Stream.of(1.0, 0.1, 0.01, 1e-3, 1e-4, 1e-6, 1e-8)
                        .map(p -> new Case("p = " + p, t -> p));
        Stream<Case> later =
                Stream.of(0.5, 0.01, 1e-4, 1e-8)
                        .map(p -> new Case("p = 1, then " + p, t -> t == 0 ? 1 : p));
        Stream<Case> stretch =
                Stream.of(0.01, 1e-8)
                        .map(p -> new Case(p + " in steps 5 to 15", t -> t < 5 || t > 15 ? 1 : p));
        return Stream.concat(Stream.concat(constant, later), stretch);
    }

    @ParameterizedTest
    @MethodSource("factors")
    void theVariantWhateverP(Case factors) {
        for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
            for (String kind : List.of("noise", "mean", "growing", "falling", "spike", "turning")) {
                AdamVariantGradientUpdater step = variant(type);
                Random random = new Random(3);
                for (int t = 0; t < STEPS; t++) {
                    INDArray g = gradient(kind, t, random).castTo(type);
                    step.hand(t, new StepFactors(1, factors.p().applyAsDouble(t)));
                    step.applyUpdater(g, t, 0);
                    double largest = g.amaxNumber().doubleValue() / RATE;
                    assertTrue(
                            largest <= MOST,
                            "%s, %s, step %d: %s".formatted(type, kind, t, largest));
                }
            }
        }
    }

    private static INDArray gradient(String kind, int t, Random random) {
        INDArray z = Nets.gaussian(random, N);
        return switch (kind) {
            case "mean" -> z.muli(0.1).addi(1);
            case "growing" -> z.muli(Math.pow(1.2, t));
            case "falling" -> z.muli(Math.pow(0.8, t));
            case "spike" -> z.muli(t == 6 ? 100 : 1); // later ones Adam answers with more than 2
            case "turning" -> z.muli(0.01).addi(t % 2 == 0 ? 1 : -1); // all variance, no mean
            default -> z;
        };
    }

    private static AdamVariantGradientUpdater variant(DataType type) {
        ModulatedUpdater config =
                new ModulatedUpdater(
                        new Adam(RATE), "a", GradientNoise.moments(), 7, 0, AdamVariant.standard());
        AdamVariantGradientUpdater step =
                (AdamVariantGradientUpdater)
                        config.instantiate(Nd4j.create(type, 1, config.stateSize(N)), true);
        step.prepare(List.of(new Span(0, N, false)), 0);
        return step;
    }

    /** The flow of the guide: a trained network, a new head, the defaults. */
    @Test
    void aNewHeadOnATrainedNetwork() {
        ComputationGraph trained = Nets.init(Nets.dense(new Adam(0.01)));
        for (int t = 0; t < 200; t++) {
            trained.fit(Nets.batch(32, 1000 + t));
        }
        double smallestP = 1;
        for (int seed = 0; seed < 16; seed++) {
            OutputLayer head = Nets.output();
            head.setNIn(11);
            ComputationGraph tuned =
                    ModulatedOptimizer.builder()
                            .build()
                            .modulate(
                                    new TransferLearning.GraphBuilder(trained)
                                            .fineTuneConfiguration(
                                                    new FineTuneConfiguration.Builder()
                                                            .updater(new Adam(RATE))
                                                            .seed(seed)
                                                            .build())
                                            .removeVertexKeepConnections("out")
                                            .addLayer("out", head, "concat")
                                            .build());
            for (int t = 0; t < 30; t++) {
                double step = step(tuned, Nets.batch(32, 5000 + 100 * seed + t)) / RATE;
                assertTrue(step <= MOST, "head %d, step %d: %s".formatted(seed, t, step));
                for (var modality :
                        ModulatedOptimizer.lastModulation(tuned)
                                .orElseThrow()
                                .modalities()
                                .values()) {
                    smallestP = Math.min(smallestP, modality.momentCoefficient());
                }
            }
        }
        assertTrue(smallestP < 0.1, "p must have acted, got " + smallestP);
    }

    @Test
    void oneModalityInOtherUnits() {
        for (double scale : new double[] {1e-3, 1, 3, 30, 1e3}) {
            ComputationGraph graph =
                    Nets.init(
                            ModulatedOptimizer.builder()
                                    .build()
                                    .modulate(Nets.dense(new Adam(RATE))));
            for (int t = 0; t < STEPS; t++) {
                double step = step(graph, scaled(t, scale)) / RATE;
                assertTrue(step <= MOST, "scale %s, step %d: %s".formatted(scale, t, step));
            }
        }
    }

    private static MultiDataSet scaled(int seed, double scale) {
        MultiDataSet batch = Nets.batch(8, seed);
        batch.getFeatures(0).muli(scale);
        return batch;
    }

    /** The largest change of a weight outside the head. */
    private static double step(ComputationGraph graph, MultiDataSet batch) {
        long encoders = graph.numParams() - graph.getLayer("out").numParams();
        INDArray before = graph.params().dup();
        graph.fit(batch);
        return graph.params()
                .sub(before)
                .reshape(graph.numParams())
                .get(NDArrayIndex.interval(0, encoders))
                .amaxNumber()
                .doubleValue();
    }

    /**
     * All others: with the default noise the largest step of 50 is at most twice the largest
     * without it. Some have long ones of their own: Nadam's first is 60 learning rates.
     */
    @ParameterizedTest
    @MethodSource("org.ogm4j.testing.Dl4jUpdaters#adaptive")
    void allOthers(IUpdater updater) {
        for (double scale : new double[] {1, 30}) {
            double with = largest(updater, null, t -> scaled(t, scale));
            double without = largest(updater, GradientNoise.none(), t -> scaled(t, scale));
            assertTrue(
                    with <= 2 * without,
                    "%s at scale %s: %s, without noise %s"
                            .formatted(updater, scale, with, without));
        }
    }

    private static double largest(
            IUpdater updater, GradientNoise noise, IntFunction<MultiDataSet> batches) {
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder().adam(AdamVariant.off());
        if (noise != null) {
            builder.noise(noise);
        }
        ComputationGraph graph = Nets.init(builder.build().modulate(Nets.dense(updater.clone())));
        double largest = 0;
        for (int t = 0; t < STEPS; t++) {
            largest = Math.max(largest, step(graph, batches.apply(t)));
        }
        return largest;
    }

    /** Not the largest of all steps only: Nadam's second and third have no noise of their own. */
    @Test
    void nadamsFirstSteps() {
        IUpdater nadam = new Nadam(RATE);
        ComputationGraph with =
                Nets.init(ModulatedOptimizer.builder().build().modulate(Nets.dense(nadam)));
        ComputationGraph without =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .noise(GradientNoise.none())
                                .build()
                                .modulate(Nets.dense(nadam.clone())));
        for (int t = 0; t < 12; t++) {
            double own = step(without, Nets.batch(8, t)) / RATE;
            double noisy = step(with, Nets.batch(8, t)) / RATE;
            // the two networks part from the sixth step on
            double bound = t < 5 ? own * (1 + 1e-9) : 2 * Math.max(own, 12);
            assertTrue(noisy <= bound, "step %d: %s, without noise %s".formatted(t, noisy, own));
        }
    }
}
