package org.ogm4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.AdamVariant;
import org.ogm4j.Attribution;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.PredictionModulation;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.presence.MissingSettings;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.PositionEmbedding;
import org.ogm4j.trace.ModulationSettings;
import org.ogm4j.trace.ScoreSettings;

/** Trunks of attention, taken apart by modality. */
class AttributionTest {

    private static final ModulatedOptimizer OPTIMIZER = ModulatedOptimizer.builder().build();
    static final ModulationSettings SETTINGS =
            new ModulationSettings(
                    Map.of(),
                    Map.of(),
                    new ScoreSettings(ScoreSource.automatic(), Map.of(), Map.of(), 1, false),
                    CoefficientRule.cvpr2022(0.8),
                    GradientNoise.none(),
                    0,
                    9,
                    1,
                    null,
                    AdamVariant.standard(),
                    UnimodalSignal.none(),
                    Map.of(),
                    PredictionModulation.none(),
                    MissingSettings.DEFAULT,
                    Map.of(),
                    false);

    /** A trunk, and what is expected of it. */
    record Trunk(
            String name,
            ComputationGraphConfiguration conf,
            List<String> exact,
            List<String> byPlace) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Trunk> trunks() {
        return Stream.of(
                new Trunk(
                        "single stream",
                        Fusions.selfAttention(new Sgd(0.1)),
                        List.of("mixed"),
                        List.of()),
                new Trunk(
                        "cross-attention",
                        Fusions.crossAttention(new Sgd(0.1)),
                        List.of("hears", "sees"),
                        List.of()),
                new Trunk("bottleneck", bottleneck(), List.of("hears", "sees", "reads"), List.of()),
                new Trunk(
                        "block", block(), List.of("attention", "mlp1", "mlp2", "scale"), List.of()),
                new Trunk(
                        "recurrent", Fusions.recurrent(new Sgd(0.1)), List.of(), List.of("mixed")));
    }

    /** One stream, one block: attention, an MLP on rows, and a convolution over single tokens. */
    private static ComputationGraphConfiguration block() {
        GraphBuilder builder = Fusions.tokens(new Sgd(0.1));
        builder.addVertex("joined", Fusions.joined(), "audio_fc", "visual_fc")
                .addLayer("attention", Fusions.attention(), "joined")
                .addVertex("attended", add(), "joined", "attention")
                .addLayer(
                        "mlp1",
                        new DenseLayer.Builder().nIn(4).nOut(6).build(),
                        new RnnToFeedForwardPreProcessor(),
                        "attended")
                .addLayer("mlp2", new DenseLayer.Builder().nIn(6).nOut(4).build(), "mlp1")
                .addVertex(
                        "tokens",
                        new PreprocessorVertex(new FeedForwardToRnnPreProcessor()),
                        "mlp2")
                .addVertex("out2", add(), "attended", "tokens")
                .addLayer(
                        "scale", new Convolution1DLayer.Builder(1).nIn(4).nOut(4).build(), "out2");
        return Fusions.averaged(builder, "scale", 4);
    }

    /** Bottleneck tokens: each stream reads its own tokens and them, and they read both streams. */
    private static ComputationGraphConfiguration bottleneck() {
        GraphBuilder builder = Fusions.tokens(new Sgd(0.1));
        builder.addVertex("joined", Fusions.joined(), "audio_fc", "visual_fc")
                .addLayer("bottleneck", new Subsampling1DLayer.Builder(3, 2, 0).build(), "joined")
                .addVertex("audio_all", Fusions.joined(), "audio_fc", "bottleneck")
                .addVertex("visual_all", Fusions.joined(), "visual_fc", "bottleneck")
                .addVertex("hears", Fusions.cross(), "audio_fc", "audio_all", "audio_all")
                .addVertex("sees", Fusions.cross(), "visual_fc", "visual_all", "visual_all")
                .addVertex("both", Fusions.joined(), "hears", "sees")
                .addVertex("reads", Fusions.cross(), "bottleneck", "both", "both");
        return Fusions.averaged(builder, "reads", 4);
    }

    private static ElementWiseVertex add() {
        return Nets.add();
    }

    /** The parts are compared with DL4J's own backward pass. */
    @ParameterizedTest
    @MethodSource("trunks")
    void partsSumToTheWhole(Trunk trunk) {
        ComputationGraph graph = Nets.init(trunk.conf());
        MultiDataSet batch = Fusions.tokenBatch(5, 3);
        Map<String, LayerSplit> splits = AttributionMeter.of(graph, batch, SETTINGS).splits();
        Map<String, INDArray> whole = Gradients.of(graph, batch);
        Map<String, INDArray> outputs = graph.feedForward(batch.getFeatures(), true);
        assertTrue(splits.keySet().containsAll(trunk.exact()), splits.keySet().toString());
        for (String vertex : splits.keySet()) {
            LayerSplit split = splits.get(vertex);
            INDArray sum = Nd4j.zerosLike(outputs.get(vertex));
            split.output().values().forEach(sum::addi);
            Compare.close(outputs.get(vertex), sum, 1e-10, 1e-14, vertex);
            Set<String> names = new TreeSet<>();
            split.gradient().values().forEach(part -> names.addAll(part.keySet()));
            for (String name : names) {
                assertSum(whole.get(vertex + "_" + name), split.gradient().values(), name);
            }
        }
        trunk.exact().forEach(name -> assertTrue(splits.get(name).exact(), name));
        trunk.byPlace().forEach(name -> assertFalse(splits.get(name).exact(), name));
    }

    private static void assertSum(
            INDArray expected, Collection<Map<String, INDArray>> parts, String name) {
        INDArray total = Nd4j.zerosLike(expected);
        for (Map<String, INDArray> part : parts) {
            total.addi(part.get(name).reshape(expected.shape()));
        }
        Compare.close(expected, total, 1e-10, 1e-14, name);
    }

    /**
     * One audio and one visual token of one feature, attention with one head of size 1, the mean of
     * the two, two classes: everything by hand.
     */
    @Test
    void aNetworkOfTwoTokensByHand() {
        double xa = 0.7;
        double xv = -0.4;
        double[] w = {1.5, 0.8, -1.1, 0.6};
        String[] names = {"Wq", "Wk", "Wv", "Wo"};
        ComputationGraph graph = twoTokens(names, w);
        MultiDataSet batch =
                new MultiDataSet(
                        new INDArray[] {
                            Nd4j.createFromArray(xa / 0.5).reshape(1, 1, 1),
                            Nd4j.createFromArray(xv / 2).reshape(1, 1, 1)
                        },
                        new INDArray[] {Nd4j.createFromArray(1.0, 0).reshape(1, 2)});

        double a1 = 1 / (1 + Math.exp((xv - xa) * w[1] * w[0] * xa)); // audio reads audio
        double a2 = 1 / (1 + Math.exp((xv - xa) * w[1] * w[0] * xv)); // visual reads audio
        double y1 = w[3] * w[2] * (a1 * xa + (1 - a1) * xv);
        double y2 = w[3] * w[2] * (a2 * xa + (1 - a2) * xv);
        double fromAudio = w[3] * w[2] * xa * (a1 * y1 + a2 * y2);
        double mean = (y1 + y2) / 2;
        double p = 1 / (1 + Math.exp(-1.5 * mean)); // of the first class
        double e = 0.5 * ((p - 1) * 1 + (1 - p) * -0.5); // at either token
        double spread = w[2] * (xa - xv);
        double d1 = e * w[3] * spread * a1 * (1 - a1);
        double d2 = e * w[3] * spread * a2 * (1 - a2);
        double[] audio = {
            d1 * w[1] * (xa - xv) * xa,
            (d1 * w[0] * xa + d2 * w[0] * xv) * xa,
            e * w[3] * (a1 + a2) * xa,
            e * w[2] * (a1 * xa + (1 - a1) * xv)
        };
        double[] visual = {
            d2 * w[1] * (xa - xv) * xv,
            -(d1 * w[0] * xa + d2 * w[0] * xv) * xv,
            e * w[3] * (2 - a1 - a2) * xv,
            e * w[2] * (a2 * xa + (1 - a2) * xv)
        };
        LayerSplit split = AttributionMeter.of(graph, batch, SETTINGS).splits().get("attention");
        double inner = 0;
        double square = 0;
        for (int i = 0; i < names.length; i++) {
            assertEquals(audio[i], part(split, "audio", names[i]), 1e-14);
            assertEquals(visual[i], part(split, "visual", names[i]), 1e-14);
            inner += audio[i] * (audio[i] + visual[i]);
            square += Math.pow(audio[i] + visual[i], 2);
        }
        Attribution.Layer layer =
                OPTIMIZER.attribution(graph, batch).layers().stream()
                        .filter(l -> l.name().equals("attention"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(fromAudio / (y1 * y1 + y2 * y2), layer.output().get("audio"), 1e-12);
        assertEquals(inner / square, layer.gradient().get("audio"), 1e-12);
        assertEquals(1 - inner / square, layer.gradient().get("visual"), 1e-12);
    }

    @Test
    void tokensHaveTheirPlaces() {
        ComputationGraph graph = Nets.init(Fusions.selfAttention(new Sgd(0.1)));
        Attribution attribution = OPTIMIZER.attribution(graph, Fusions.tokenBatch(2, 1));
        assertEquals(
                List.of(
                        new Attribution.Tokens("audio", 0, 3),
                        new Attribution.Tokens("visual", 3, 7)),
                attribution.layers().get(0).tokens());
    }

    /** Half of DL4J's: 1.0.0-M2.1 doubles the gradient of every layer that SameDiff computes. */
    private static double part(LayerSplit split, String modality, String parameter) {
        return split.gradient().get(modality).get(parameter).getDouble(0) / 2;
    }

    private static ComputationGraph twoTokens(String[] names, double[] weights) {
        ComputationGraph graph = Nets.init(twoTokens());
        graph.getLayer("audio_c").getParam("W").assign(0.5);
        graph.getLayer("visual_c").getParam("W").assign(2);
        for (int i = 0; i < names.length; i++) {
            graph.getVertex("attention").paramTable(true).get(names[i]).assign(weights[i]);
        }
        graph.getLayer("out").getParam("W").assign(Nd4j.createFromArray(1.0, -0.5).reshape(1, 2));
        return graph;
    }

    private static ComputationGraphConfiguration twoTokens() {
        SelfAttentionLayer attention =
                new SelfAttentionLayer.Builder()
                        .nIn(1)
                        .nOut(1)
                        .nHeads(1)
                        .projectInput(true)
                        .build();

        OutputLayer output = Nets.output();
        output.setNIn(1);
        output.setNOut(2);
        return Nets.base()
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_c", linear(), "audio")
                .addLayer("visual_c", linear(), "visual")
                .addVertex("joined", Fusions.joined(), "audio_c", "visual_c")
                .addLayer("attention", attention, "joined")
                .addLayer(
                        "mean",
                        new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                        "attention")
                .addLayer("out", output, "mean")
                .setOutputs("out")
                .build();
    }

    private static Convolution1DLayer linear() {
        return new Convolution1DLayer.Builder(1)
                .nIn(1)
                .nOut(1)
                .activation(Activation.IDENTITY)
                .build();
    }

    @ParameterizedTest
    @MethodSource("trunks")
    void sharesSumToOneAndTheNetworkStaysAsItIs(Trunk trunk) {
        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(trunk.conf()));
        MultiDataSet batch = Fusions.tokenBatch(5, 4);
        INDArray before = graph.params().dup();
        Attribution attribution = OPTIMIZER.attribution(graph, batch);
        assertEquals(List.of("audio", "visual"), attribution.modalities());
        assertFalse(attribution.layers().isEmpty());
        for (Attribution.Layer layer : attribution.layers()) {
            assertEquals(1, sum(layer.output()), 1e-10, layer.name());
            if (!layer.gradient().isEmpty()) {
                assertEquals(1, sum(layer.gradient()), 1e-10, layer.name());
            }
        }
        Compare.same(before, graph.params(), "parameters");
    }

    private static double sum(Map<String, Double> shares) {
        return shares.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    @Test
    void theTraceTellsWhoReachesAVertexAndWhoseTokensAreWhere() {
        String trace = OPTIMIZER.trace(bottleneck());
        assertEquals(
                """
                vertex     | reached by    | tokens
                -----------+---------------+---------------------------------------------------------------
                audio      | audio         |
                visual     | visual        |
                audio_fc   | audio         |
                visual_fc  | visual        |
                joined     | audio, visual | audio (as many as audio_fc), visual (as many as visual_fc)
                bottleneck | audio, visual | several (as many as bottleneck)
                audio_all  | audio, visual | audio (as many as audio_fc), several (as many as bottleneck)
                visual_all | visual, audio | visual (as many as visual_fc), several (as many as bottleneck)
                hears      | audio, visual | audio (as many as audio_fc)
                sees       | visual, audio | visual (as many as visual_fc)
                both       | audio, visual | audio (as many as audio_fc), visual (as many as visual_fc)
                reads      | audio, visual | several (as many as bottleneck)
                mean       | audio, visual |
                out        | audio, visual |
                """,
                trace);
        String rows = "mlp2      | audio, visual | audio (as many as audio_fc), visual";
        assertTrue(OPTIMIZER.trace(block()).contains(rows));
    }

    /** As DL4J has none, a position embedding is a layer of its own that keeps the length. */
    @Test
    void reshapesAndPositionEmbeddingsKeepTheTokens() {
        GraphBuilder builder = Fusions.tokens(new Sgd(0.1));
        builder.addVertex("joined", Fusions.joined(), "audio_fc", "visual_fc")
                .addVertex("reshaped", new ReshapeVertex(-1, 4, 7), "joined")
                .addLayer("position", new PositionEmbedding(4, 7), "reshaped")
                .addLayer("mixed", Fusions.attention(), "position");
        ComputationGraphConfiguration conf = Fusions.averaged(builder, "mixed", 4);
        String trace = OPTIMIZER.trace(conf);
        String tokens = "audio (as many as audio_fc), visual (as many as visual_fc)";
        for (String vertex : List.of("reshaped ", "position ", "mixed    ")) {
            assertTrue(trace.contains(vertex + " | audio, visual | " + tokens), trace);
        }
        Attribution attribution = OPTIMIZER.attribution(Nets.init(conf), Fusions.tokenBatch(5, 1));
        Attribution.Layer position =
                attribution.layers().stream()
                        .filter(layer -> layer.name().equals("position"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(position.exact());
        assertEquals(1, sum(position.gradient()), 1e-10);
    }

    @Test
    void masksAreRefused() {
        ComputationGraph graph = Nets.init(Fusions.selfAttention(new Sgd(0.1)));
        MultiDataSet batch = Fusions.tokenBatch(2, 1);
        batch.setFeaturesMaskArrays(new INDArray[] {Nd4j.ones(2, 3), Nd4j.ones(2, 4)});
        assertThrows(IllegalArgumentException.class, () -> OPTIMIZER.attribution(graph, batch));
    }
}
