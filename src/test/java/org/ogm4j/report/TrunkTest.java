package org.ogm4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.host.Vertices;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Logs;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Thrown;

/** Trunk layers whose gradient is weighted token by token. */
class TrunkTest {

    private static final ModulatedOptimizer HALVING =
            ModulatedOptimizer.builder()
                    .rule(ratio -> ratio > 1 ? 0.5 : 1)
                    .noise(GradientNoise.none())
                    .trunk(true)
                    .build();

    /** The second way: the parts that the attribution takes a plain network apart into. */
    @ParameterizedTest
    @EnumSource(names = {"ENABLED", "NONE"})
    void theGradientIsTheWeightedSumOfItsParts(WorkspaceMode mode) {
        for (AttributionTest.Trunk trunk : AttributionTest.trunks().toList()) {
            ComputationGraphConfiguration conf = trunk.conf();
            conf.setTrainingWorkspaceMode(mode);
            conf.setInferenceWorkspaceMode(mode);
            ComputationGraph plain = Nets.init(conf);
            ComputationGraph modulated = HALVING.modulate(plain);
            MultiDataSet batch = Fusions.tokenBatch(5, 3);
            Map<String, INDArray> whole = Gradients.of(plain, batch);
            Map<String, INDArray> weighted = Gradients.of(modulated, batch);
            var step = ModulatedOptimizer.lastModulation(modulated).orElseThrow().modalities();
            assertEquals(
                    1.5,
                    step.values().stream().mapToDouble(m -> m.coefficient()).sum(),
                    "one of the two leads");
            Map<String, LayerSplit> splits =
                    AttributionMeter.of(plain, batch, AttributionTest.SETTINGS).splits();
            for (String name : weighted.keySet()) {
                String vertex = name.substring(0, name.lastIndexOf('_'));
                String parameter = name.substring(name.lastIndexOf('_') + 1);
                INDArray expected = whole.get(name);
                if (vertex.endsWith("_fc")) {
                    String modality = vertex.substring(0, vertex.indexOf('_'));
                    expected = expected.mul(step.get(modality).coefficient());
                } else if (splits.containsKey(vertex)) {
                    expected = weighted(splits.get(vertex), parameter, step, expected);
                }
                Compare.close(expected, weighted.get(name), 1e-10, 1e-14, trunk + " " + name);
            }
        }
    }

    /** A kernel over two tokens outputs one token less than it reads. */
    @Test
    void aLayerThatLosesTokensIsLeftAloneAndThisIsSaid() {
        GraphBuilder builder = Fusions.tokens(new Sgd(0.1));
        builder.addVertex("joined", Fusions.joined(), "audio_fc", "visual_fc")
                .addLayer(
                        "pairs",
                        new Convolution1DLayer.Builder(2).nIn(4).nOut(4).build(),
                        "joined");
        ComputationGraphConfiguration conf = Fusions.averaged(builder, "pairs", 4);
        ComputationGraph plain = Nets.init(conf);
        ComputationGraph modulated = HALVING.modulate(plain);
        MultiDataSet batch = Fusions.tokenBatch(5, 3);
        Map<String, INDArray> whole = Gradients.of(plain, batch);
        Runnable code =
                () -> {
                    for (int i = 0; i < 2; i++) {
                        Map<String, INDArray> actual = Gradients.of(modulated, batch);
                        Compare.same(whole.get("pairs_W"), actual.get("pairs_W"), "pairs");
                    }
                };
        String log = Logs.of(code);
        String said = "Trunk layer \"pairs\" outputs other tokens";
        assertEquals(1, log.lines().filter(line -> line.contains(said)).count(), log);
    }

    /** The formulas of attention do not know of masks: this is noticed, its queries decide. */
    @Test
    void attentionUnderAMaskIsWeightedByPlace() {
        ComputationGraph plain = Nets.init(Fusions.crossAttention(new Sgd(0.1)));
        ComputationGraph modulated = HALVING.modulate(plain);
        MultiDataSet batch = Fusions.maskedTokenBatch(5, 3);
        batch.getFeaturesMaskArray(0).putScalar(0, 2, 0);
        batch.getFeaturesMaskArray(1).putScalar(1, 3, 0);
        Map<String, INDArray> whole = Gradients.of(plain, batch);
        Map<String, INDArray> weighted = Gradients.of(modulated, batch);
        var step = ModulatedOptimizer.lastModulation(modulated).orElseThrow().modalities();
        assertNotEquals(step.get("audio").coefficient(), step.get("visual").coefficient());
        Map<String, String> queries = Map.of("hears", "audio", "sees", "visual");
        weighted.forEach(
                (name, gradient) -> {
                    String owner = queries.get(name.substring(0, name.lastIndexOf('_')));
                    if (owner != null) {
                        INDArray expected = whole.get(name).mul(step.get(owner).coefficient());
                        Compare.close(expected, gradient, 1e-10, 1e-14, name);
                    }
                });
    }

    private static INDArray weighted(
            LayerSplit split, String parameter, Map<String, ModalityStep> step, INDArray like) {
        INDArray sum = like.mul(0);
        for (Map.Entry<String, Map<String, INDArray>> part : split.gradient().entrySet()) {
            String owner = part.getKey();
            double k = owner == null ? 1 : step.get(owner).coefficient();
            sum.addi(part.getValue().get(parameter).reshape(like.shape()).mul(k));
        }
        return sum;
    }

    @Test
    void withCoefficientOneItIsThePlainNetworkToTheLastBit() {
        for (AttributionTest.Trunk trunk : AttributionTest.trunks().toList()) {
            ComputationGraph plain = Nets.init(trunk.conf());
            ComputationGraph watched =
                    ModulatedOptimizer.builder()
                            .rule(ratio -> 1)
                            .noise(GradientNoise.none())
                            .trunk(true)
                            .build()
                            .modulate(plain);
            for (int step = 0; step < 3; step++) {
                plain.fit(Fusions.tokenBatch(5, step));
                watched.fit(Fusions.tokenBatch(5, step));
            }
            Compare.same(plain.params(), watched.params(), trunk.name());
        }
    }

    @Test
    void itIsSavedWithTheNetwork(@TempDir Path folder) throws IOException {
        ModulatedOptimizer trunk = ModulatedOptimizer.builder().trunk(true).build();
        ComputationGraph graph = Nets.init(trunk.modulate(Fusions.selfAttention(new Sgd(0.1))));
        graph.fit(Fusions.tokenBatch(5, 1));
        ModelSerializer.writeModel(graph, folder.resolve("net.zip").toFile(), true);
        ComputationGraph again =
                ModelSerializer.restoreComputationGraph(folder.resolve("net.zip").toFile(), true);
        graph.fit(Fusions.tokenBatch(5, 2));
        again.fit(Fusions.tokenBatch(5, 2));
        Compare.same(graph.params(), again.params(), "parameters");
    }

    /** Not the layer's own, which it replaces. */
    @Test
    void theUpdaterThatIsGivenCounts() {
        ModulatedOptimizer.Builder trunk = ModulatedOptimizer.builder().trunk(true);
        trunk.updater(new Sgd(0.1)).build().modulate(Fusions.selfAttention(new Adam(0.1)));
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                trunk.updater(new Adam(0.1))
                                        .build()
                                        .modulate(Fusions.selfAttention(new Sgd(0.1))));
        assertTrue(
                e.getMessage()
                        .contains(
                                "updater of trunk layer \"mixed\" must be Sgd or Nesterovs, got Adam"),
                e.getMessage());
    }

    @Test
    void trunksThatCannotBe() {
        assertProblem(
                Nets.dense(),
                "trunk must have layers downstream of the fusion that work on sequences of tokens, got none");
        assertProblem(
                Fusions.selfAttention(new Adam(0.1)),
                "updater of trunk layer \"mixed\" must be Sgd or Nesterovs, got Adam");
        ComputationGraphConfiguration dropout = Fusions.recurrent(new Sgd(0.1));
        Vertices.layerOf(dropout.getVertices().get("mixed")).setIDropout(new Dropout(0.5));
        assertProblem(dropout, "trunk layer \"mixed\" must have no dropout or weight noise");
        LSTM inside = new LSTM.Builder().nIn(4).nOut(4).dropOut(0.5).build();
        assertProblem(
                recurrent(new Bidirectional(Bidirectional.Mode.ADD, inside)),
                "trunk layer \"mixed\" must have no dropout or weight noise");
    }

    private static ComputationGraphConfiguration recurrent(Layer layer) {
        return Fusions.averaged(
                Fusions.tokens(new Sgd(0.1))
                        .addVertex("joined", Fusions.joined(), "audio_fc", "visual_fc")
                        .addLayer("mixed", layer, "joined"),
                "mixed",
                4);
    }

    private static void assertProblem(ComputationGraphConfiguration conf, String problem) {
        String message =
                Thrown.message(IllegalArgumentException.class, () -> HALVING.modulate(conf));
        assertTrue(message.contains(problem), message);
    }
}
