package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Alone;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** Scores by zero-out behind every kind of fusion. */
class ZeroOutTest {

    private static final int EXAMPLES = 6;
    private static final List<String> ENDS = List.of("audio_fc", "visual_fc");

    static Stream<Arguments> fusions() {
        return Fusions.all(new Nesterovs(0.1, 0.9)).keySet().stream()
                .flatMap(
                        fusion ->
                                Stream.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)
                                        .map(mode -> Arguments.of(fusion, mode)));
    }

    private static ComputationGraphConfiguration conf(String fusion, WorkspaceMode mode) {
        ComputationGraphConfiguration conf = Fusions.all(new Nesterovs(0.1, 0.9)).get(fusion);
        conf.setTrainingWorkspaceMode(mode);
        conf.setInferenceWorkspaceMode(mode);
        return conf;
    }

    /** The second way: a network of its own, given the encoders' outputs, one of them zero. */
    @ParameterizedTest(name = "{0}, workspaces {1}")
    @MethodSource("fusions")
    void isThatOfASeparateNetworkWithTheSameParameters(String fusion, WorkspaceMode mode) {
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder().score(ScoreSource.zeroOut()).seed(3).build();
        ComputationGraph graph = Nets.init(optimizer.modulate(conf(fusion, mode)));
        for (int step = 0; step < 3; step++) {
            MultiDataSet batch = Fusions.batchFor(fusion, EXAMPLES, step);
            double audio = Alone.score(graph, batch, ENDS, Set.of("audio_fc"));
            double visual = Alone.score(graph, batch, ENDS, Set.of("visual_fc"));
            graph.fit(batch);
            var steps = ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
            assertEquals(audio, steps.get("audio").score(), 1e-12 * audio);
            assertEquals(visual, steps.get("visual").score(), 1e-12 * visual);
            // a product with biases of 0 gives the same to both in the first step
            assertTrue(step == 0 || Math.abs(audio - visual) > 1e-9, "the two must differ");
        }
    }

    @Test
    void withConcatenationItIsTheHeadsRowsAndTheFullBias() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().score(ScoreSource.zeroOut()), Nets.dense());
        graph.getLayer("out").getParam("b").assign(Nd4j.createFromArray(0.3, -0.2, 0.5));
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        INDArray features = graph.feedForward(batch.getFeatures(), false).get("visual_fc");
        INDArray rows =
                graph.getLayer("out")
                        .getParam("W")
                        .get(NDArrayIndex.interval(4, 11), NDArrayIndex.all());
        INDArray logits = features.mmul(rows).addRowVector(graph.getLayer("out").getParam("b"));
        double expected = meanOfTruth(logits, batch);
        graph.fit(batch);
        var steps = ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
        assertEquals(expected, steps.get("visual").score(), 1e-14);
    }

    private static double meanOfTruth(INDArray logits, MultiDataSet batch) {
        INDArray probabilities = Transforms.softmax(logits);
        return probabilities.mul(batch.getLabels(0)).sum(1).meanNumber().doubleValue();
    }

    /** DL4J's ActivationLayer writes over its input at inference settings. */
    @Test
    void whatOtherVerticesReadIsNotWrittenOver() {
        GraphBuilder builder = Nets.encoders(Nets.base(new Nesterovs(0.1, 0.9)));
        builder.addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("hidden", Nets.layer(5), "concat")
                .addLayer("cubes", new ActivationLayer(Activation.CUBE), "hidden")
                .addVertex("both", new MergeVertex(), "cubes", "hidden");
        ComputationGraphConfiguration conf = Fusions.classified(builder, "both");
        ComputationGraph graph = Nets.init(ModulatedOptimizer.builder().build().modulate(conf));
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        INDArray audio = graph.feedForward(batch.getFeatures(), true).get("audio_fc");
        INDArray alone = Nd4j.hstack(audio, Nd4j.zeros(audio.dataType(), EXAMPLES, 7));
        INDArray hidden = Transforms.tanh(alone.mmul(graph.getLayer("hidden").getParam("W")));
        INDArray logits =
                Nd4j.hstack(Transforms.pow(hidden, 3), hidden)
                        .mmul(graph.getLayer("out").getParam("W"));
        double expected = meanOfTruth(logits, batch);
        graph.fit(batch);
        var steps = ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
        assertEquals(expected, steps.get("audio").score(), 1e-14);
    }

    /** Score, gradient, random numbers and everything else of training. */
    @ParameterizedTest(name = "{0}, workspaces {1}")
    @MethodSource("fusions")
    void disturbsNothing(String fusion, WorkspaceMode mode) {
        ComputationGraph plain = Nets.init(conf(fusion, mode));
        ComputationGraph watched =
                ModulatedOptimizer.builder()
                        .rule(ratio -> 1)
                        .noise(GradientNoise.none())
                        .score(ScoreSource.zeroOut())
                        .build()
                        .modulate(plain);
        for (ComputationGraph graph : new ComputationGraph[] {plain, watched}) {
            Nd4j.getRandom().setSeed(9);
            for (int step = 0; step < 4; step++) {
                graph.fit(Fusions.batchFor(fusion, EXAMPLES, step));
            }
        }
        assertTrue(ModulatedOptimizer.lastModulation(watched).isPresent());
        assertEquals(plain.score(), watched.score());
        Compare.same(plain.params(), watched.params(), "parameters");
        Compare.same(plain.updaterState(), watched.updaterState(), "updater state");
    }
}
