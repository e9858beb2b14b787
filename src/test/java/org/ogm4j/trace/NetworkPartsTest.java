package org.ogm4j.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.ogm4j.AdamVariant;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.PredictionModulation;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.host.Vertices;
import org.ogm4j.presence.MissingSettings;
import org.ogm4j.score.FeatureSlice;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.Readout;
import org.ogm4j.testing.Nets;

class NetworkPartsTest {

    @Test
    void theUsualNetworkNeedsNoConfiguration() {
        NetworkParts trace = trace(Nets.dense());
        assertEquals(List.of("audio", "visual"), List.copyOf(trace.encoders().keySet()));
        assertEquals(List.of("audio_fc"), trace.encoders().get("audio").vertices());
        assertEquals(Map.of("concat", List.of("audio", "visual")), trace.gates());
        List<FeatureSlice> slices =
                List.of(new FeatureSlice("concat", 0, false), new FeatureSlice("concat", 1, true));
        assertEquals(
                List.of(new HeadReadout("out", "out", slices, 0.5)),
                trace.encoders().get("visual").readouts());
    }

    @Test
    void residualBlocksAndPreprocessorsBelongToTheirEncoder() {
        GraphBuilder builder = Nets.base().graphBuilder();
        builder.addInputs("audio", "visual")
                .addLayer("a1", Nets.lstm(3), "audio")
                .addVertex("a2", new LastTimeStepVertex("audio"), "a1")
                .addLayer("v1", conv(), "visual")
                .addLayer("v2", conv(), "v1")
                .addLayer("v3", new BatchNormalization(), "v2")
                .addVertex("v4", Nets.add(), "v3", "v1")
                .addLayer("v5", new ActivationLayer(Activation.RELU), "v4")
                .addLayer("v6", Nets.layer(4), "v5")
                .addVertex("concat", new MergeVertex(), "v6", "a2")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(5), InputType.convolutional(4, 4, 1));
        ComputationGraphConfiguration conf = builder.build();
        NetworkParts trace = trace(conf);
        assertEquals(List.of("a1", "a2"), trace.encoders().get("audio").vertices());
        assertEquals(
                List.of("v1", "v2", "v3", "v4", "v5", "v6"),
                trace.encoders().get("visual").vertices());
        assertEquals(Map.of("concat", List.of("visual", "audio")), trace.gates());
    }

    @Test
    void severalInputsCanBeOneModality() {
        GraphBuilder builder = Nets.base().graphBuilder();
        builder.addInputs("left", "right", "text")
                .addLayer("l", Nets.layer(2), "left")
                .addLayer("r", Nets.layer(3), "right")
                .addVertex("ears", new MergeVertex(), "l", "r")
                .addLayer("sound", Nets.layer(4), "ears")
                .addLayer("words", Nets.layer(4), "text")
                .addVertex("concat", new MergeVertex(), "sound", "words", "r")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(
                        InputType.feedForward(5),
                        InputType.feedForward(5),
                        InputType.feedForward(6));
        ComputationGraphConfiguration conf = builder.build();
        Map<String, List<String>> modalities =
                Map.of("audio", List.of("left", "right"), "text", List.of("text"));
        NetworkParts trace = NetworkParts.of(conf, settings(modalities, Map.of()));
        assertEquals(List.of("l", "r", "ears", "sound"), trace.encoders().get("audio").vertices());
        assertEquals(Map.of("concat", Arrays.asList("audio", "text", "audio")), trace.gates());
        assertEquals(
                List.of(true, false, true),
                ((HeadReadout) trace.encoders().get("audio").readouts().get(0))
                        .slices().stream().map(FeatureSlice::own).toList());
    }

    @Test
    void headsOfASumAreNotEncoders() {
        NetworkParts trace = trace(Nets.sum());
        assertEquals(List.of("audio_fc"), trace.encoders().get("audio").vertices());
        assertEquals(
                Map.of("audio_head", List.of("audio"), "visual_head", List.of("visual")),
                trace.gates());
    }

    @Test
    void onlyASumOfLinearHeadsIsSplit() {
        for (ElementWiseVertex.Op op : ElementWiseVertex.Op.values()) {
            ComputationGraphConfiguration conf = Nets.sum();
            conf.getVertices().put("fusion", new ElementWiseVertex(op));
            boolean linear = op == ElementWiseVertex.Op.Add;
            assertEquals(linear, readsHeads(conf), op.name());
        }
        ComputationGraphConfiguration bent = Nets.sum();
        DenseLayer head = (DenseLayer) Vertices.layerOf(bent.getVertices().get("audio_head"));
        head.setActivationFn(new ActivationTanH());
        assertFalse(readsHeads(bent));
    }

    private static boolean readsHeads(ComputationGraphConfiguration conf) {
        return trace(conf).encoders().values().stream()
                .flatMap(encoder -> encoder.readouts().stream())
                .allMatch(HeadReadout.class::isInstance);
    }

    @Test
    void fusionAtSeveralDepthsGatesEveryEdgeIntoIt() {
        GraphBuilder builder = Nets.encoders();
        builder.addVertex("early", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("shared", Nets.layer(3), "early")
                .addLayer("audio_deep", Nets.layer(3), "audio_fc")
                .addLayer("visual_deep", Nets.layer(3), "visual_fc")
                .addVertex("late", new MergeVertex(), "shared", "audio_deep", "visual_deep")
                .addLayer("audio_logits", Nets.linear(), "audio_deep")
                .addLayer("visual_logits", Nets.linear(), "visual_deep")
                .addVertex("all", new MergeVertex(), "late", "audio_logits", "visual_logits")
                .addLayer("out", Nets.output(), "all")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        ComputationGraphConfiguration conf = builder.build();
        Map<String, String> heads = Map.of("audio", "audio_logits", "visual", "visual_logits");
        NetworkParts trace = NetworkParts.of(conf, settings(Map.of(), heads));
        assertEquals(List.of("audio_fc", "audio_deep"), trace.encoders().get("audio").vertices());
        assertEquals(
                Map.of(
                        "early", List.of("audio", "visual"),
                        "late", Arrays.asList(null, "audio", "visual"),
                        "audio_logits", List.of("audio"),
                        "visual_logits", List.of("visual")),
                trace.gates());
    }

    @Test
    void severalOutputsAndFrozenLayers() {
        DenseLayer still = new DenseLayer.Builder().nIn(5).nOut(4).updater(new NoOp()).build();

        GraphBuilder builder = Nets.base().graphBuilder();
        builder.addInputs("audio", "visual")
                .addLayer("frozen", new FrozenLayer(still), "audio")
                .addLayer("audio_fc", Nets.layer(4), "frozen")
                .addLayer("visual_fc", Nets.layer(4), "visual")
                .addVertex("scaled", new ScaleVertex(2), "visual_fc")
                .addVertex("concat", new MergeVertex(), "audio_fc", "scaled")
                .addLayer("audio_out", Nets.output(), "audio_fc")
                .addLayer("out", Nets.output(), "concat")
                .addLayer("out2", Nets.output(), "concat")
                .setOutputs("audio_out", "out", "out2")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        ComputationGraphConfiguration conf = builder.build();
        NetworkParts trace = trace(conf);
        assertEquals(List.of("frozen", "audio_fc"), trace.encoders().get("audio").vertices());
        assertEquals(Set.of("concat", "audio_out"), trace.gates().keySet());
        assertEquals(
                List.of("out", "out2"),
                trace.encoders().get("audio").readouts().stream().map(Readout::output).toList());
    }

    @Test
    void threeAndMoreModalities() {
        GraphBuilder builder = Nets.base().graphBuilder().addInputs("a", "b", "c", "d");
        for (String name : new String[] {"a", "b", "c", "d"}) {
            builder.addLayer(name + "_fc", Nets.layer(2), name);
        }
        InputType three = InputType.feedForward(3);
        builder.addVertex("concat", new MergeVertex(), "a_fc", "b_fc", "c_fc", "d_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(three, three, three, three);
        NetworkParts trace = trace(builder.build());
        assertEquals(4, trace.encoders().size());
        assertEquals(0.25, ((HeadReadout) trace.encoders().get("c").readouts().get(0)).biasShare());
    }

    @Test
    void describeIsATableOfAllThat() {
        ComputationGraphConfiguration conf = Nets.dense();
        ModulatedOptimizer optimizer = ModulatedOptimizer.builder().build();
        String expected =
                """
                modality | inputs | encoder vertices | parameters | gate at | coefficient acts on           | score from
                ---------+--------+------------------+------------+---------+-------------------------------+-------------------------------------------------
                audio    | audio  | audio_fc         | 24         | concat  | gradient, noise sgdCovariance | rows of out.W for concat[0], b/2 (concatenation)
                visual   | visual | visual_fc        | 49         | concat  | gradient, noise sgdCovariance | rows of out.W for concat[1], b/2 (concatenation)
                settings: rule Cvpr2022[alpha=0.8], all epochs, scores every step, seed 2022
                """;
        String actual = optimizer.describe(conf);
        assertEquals(expected, actual);
        ModulatedOptimizer other =
                ModulatedOptimizer.builder()
                        .rule(CoefficientRule.tpami2024(0.5))
                        .epochs(2, 50)
                        .scoreEvery(4)
                        .seed(7)
                        .build();
        assertEquals(
                actual
                        + "this network was modulated with: rule Tpami2024[alpha=0.5], epochs 2 to 50, scores every 4 steps, seed 7\n",
                optimizer.describe(other.modulate(conf)),
                "whatever a loaded file was modulated with");
        assertTrue(
                ModulatedOptimizer.builder()
                        .noise(GradientNoise.none())
                        .build()
                        .describe(Nets.dense(new Adam(1e-3)))
                        .contains("| updaters (Adam variant), noise none |"));
        assertTrue(optimizer.describe(Nets.sum()).contains("head audio_head.W, b, labels of out"));
    }

    private static ConvolutionLayer conv() {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(2)
                .convolutionMode(ConvolutionMode.Same)
                .build();
    }

    private static NetworkParts trace(ComputationGraphConfiguration conf) {
        return NetworkParts.of(conf, settings(Map.of(), Map.of()));
    }

    private static ModulationSettings settings(
            Map<String, List<String>> modalities, Map<String, String> heads) {
        return new ModulationSettings(
                modalities,
                Map.of(),
                new ScoreSettings(ScoreSource.automatic(), Map.of(), heads, 1, false),
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
    }

    /** What is frozen is not trained, and so not the coefficient's to act on. */
    @Test
    void describeCountsNoFrozenParameters() {
        ComputationGraphConfiguration conf =
                Nets.base()
                        .graphBuilder()
                        .addInputs("audio", "visual")
                        .addLayer("audio_first", new DenseLayer.Builder().nOut(4).build(), "audio")
                        .addLayer(
                                "audio_fc", new DenseLayer.Builder().nOut(4).build(), "audio_first")
                        .addLayer("visual_fc", new DenseLayer.Builder().nOut(7).build(), "visual")
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("out")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        LayerVertex first = (LayerVertex) conf.getVertices().get("audio_first");
        first.getLayerConf().setLayer(new FrozenLayerWithBackprop(first.getLayerConf().getLayer()));
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertTrue(described.contains("| 20 "), described);
    }

    @Test
    void describeSaysThatClippingTouchesStatistics() {
        ComputationGraphConfiguration conf =
                Nets.base()
                        .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
                        .graphBuilder()
                        .addInputs("audio", "visual")
                        .addLayer("audio_fc", new DenseLayer.Builder().nOut(4).build(), "audio")
                        .addLayer("norm", new BatchNormalization(), "audio_fc")
                        .addLayer("visual_fc", new DenseLayer.Builder().nOut(7).build(), "visual")
                        .addVertex("concat", new MergeVertex(), "norm", "visual_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("out")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        String described = ModulatedOptimizer.builder().build().describe(conf);
        assertTrue(
                described.contains("running mean and variance of batch norm layer \"norm\""),
                described);
    }
}
