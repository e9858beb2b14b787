package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.host.Vertices;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;

/** Off equals the plain network exactly; on differs, and only where it should. */
class OffIsOffTest {

    private static final int STEPS = 20;
    private static final ModulatedOptimizer LATER =
            ModulatedOptimizer.builder().epochs(1, 9).build();
    private static final ModulatedOptimizer ON = ModulatedOptimizer.builder().build();

    static Stream<Arguments> settings() {
        List<Arguments> all = new ArrayList<>();
        for (IUpdater updater : List.of(new Sgd(0.05), new Nesterovs(0.02, 0.9))) {
            for (WorkspaceMode workspaces : List.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)) {
                for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
                    all.add(Arguments.of(updater, workspaces, type));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void outsideTheWindowParametersAreThePlainNetworksToTheLastBit(
            IUpdater updater, WorkspaceMode workspaces, DataType type) {
        ComputationGraphConfiguration conf = network(updater, workspaces, type);
        ComputationGraph plain = train(Nets.init(conf.clone()), type);
        ComputationGraph off = train(Nets.init(LATER.modulate(conf)), type);
        ComputationGraph on = train(Nets.init(ON.modulate(conf)), type);

        Compare.same(plain.params(), off.params(), "parameters");
        if (updater.stateSize(1) > 0) {
            Compare.same(plain.updaterState(), off.updaterState(), "updater state");
        }
        assertTrue(ModulatedOptimizer.lastModulation(off).isEmpty());
        assertTrue(Compare.differ(plain.params(), on.params()), "on must differ");
    }

    @Test
    void theWindowIncludesBothItsEpochs() {
        ModulatedOptimizer optimizer = ModulatedOptimizer.builder().epochs(1, 2).build();
        ComputationGraph graph = Nets.init(optimizer.modulate(Nets.dense()));
        StringBuilder epochs = new StringBuilder();
        for (int epoch = 0; epoch < 5; epoch++) {
            graph.fit(Nets.batch(8, epoch));
            int now = epoch;
            ModulatedOptimizer.lastModulation(graph)
                    .filter(last -> last.epoch() == now)
                    .ifPresent(last -> epochs.append(now));
            graph.incrementEpochCount();
        }
        assertEquals("12", epochs.toString());
    }

    @Test
    void headAndSharedLayersGetThePlainGradientAndEncodersKTimesTheirs() {
        ComputationGraphConfiguration conf = sharedTrunk();
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder()
                        .head("audio", "audio_out")
                        .head("visual", "visual_out")
                        .rule(rho -> rho > 1 ? 0.25 : 0.75)
                        .noise(GradientNoise.none())
                        .build();
        ComputationGraph plain = Nets.init(conf.clone());
        ComputationGraph on = Nets.init(optimizer.modulate(conf));
        MultiDataSet batch = Nets.batch(8, 3);
        INDArray labels = batch.getLabels(0);
        batch.setLabels(new INDArray[] {labels, labels, labels});

        Map<String, INDArray> expected = Gradients.of(plain, batch);
        Map<String, INDArray> actual = Gradients.of(on, batch);
        for (String name :
                new String[] {
                    "trunk_W", "trunk_b", "out_W", "out_b", "audio_out_W", "visual_out_W"
                }) {
            Compare.same(expected.get(name), actual.get(name), name);
        }
        var modalities = ModulatedOptimizer.lastModulation(on).orElseThrow().modalities();
        for (String modality : modalities.keySet()) {
            double k = modalities.get(modality).coefficient();
            for (String param : new String[] {"_fc_W", "_fc_b"}) {
                String name = modality + param;
                INDArray scaled = expected.get(name).mul(k);
                Compare.close(scaled, actual.get(name), 1e-12, 1e-16, name);
            }
        }
        assertEquals(
                1.0,
                modalities.values().stream().mapToDouble(s -> s.coefficient()).sum(),
                "one leads");
    }

    @Test
    void batchNormStatisticsAreNeverModulated() {
        ComputationGraphConfiguration conf =
                network(new Sgd(0.05), WorkspaceMode.ENABLED, DataType.DOUBLE);
        // DL4J clips a batch norm layer together with its running statistics, so: no clipping here
        conf.getVertices().values().forEach(OffIsOffTest::unclip);
        ModulatedOptimizer half =
                ModulatedOptimizer.builder()
                        .rule(rho -> 0.5)
                        .noise(GradientNoise.sgdCovariance())
                        .build();
        ComputationGraph plain = Nets.init(conf.clone());
        ComputationGraph on = Nets.init(half.modulate(conf));
        Nd4j.getRandom().setSeed(1);
        plain.fit(batch(1, DataType.DOUBLE));
        Nd4j.getRandom().setSeed(1);
        on.fit(batch(1, DataType.DOUBLE));
        for (String statistic : new String[] {"mean", "log10stdev"}) {
            Compare.same(
                    plain.getLayer("visual_bn").getParam(statistic),
                    on.getLayer("visual_bn").getParam(statistic),
                    statistic);
        }
        assertTrue(
                Compare.differ(
                        plain.getLayer("visual_bn").getParam("gamma"),
                        on.getLayer("visual_bn").getParam("gamma")));
    }

    @Test
    void l2IsNotModulated() {
        double l2 = 0.1;
        ComputationGraphConfiguration conf = Nets.dense(Nets.base(new Sgd(1)).l2(l2));
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().rule(rho -> 0).noise(GradientNoise.none()),
                        conf);
        INDArray before = graph.getLayer("audio_fc").getParam("W").dup();
        graph.fit(Nets.batch(8, 1));
        Compare.close(
                before.mul(1 - l2),
                graph.getLayer("audio_fc").getParam("W"),
                1e-12,
                "k = 0 leaves the decay");
    }

    /** DL4J's element-wise layer drops nothing out if it must not write over its input. */
    @Test
    void dropoutOfAnElementWiseLayerBehindAGateStays() {
        ElementWiseMultiplicationLayer factor =
                new ElementWiseMultiplicationLayer.Builder().nIn(4).nOut(4).dropOut(0.5).build();

        GraphBuilder builder = Nets.encoders();
        builder.addLayer("value", Nets.layer(4), "visual_fc")
                .addLayer("factor", factor, "audio_fc")
                .addVertex("product", Nets.product(), "value", "factor")
                .addLayer("out", Nets.output(), "product")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        ComputationGraphConfiguration conf = builder.build();
        offIsPlain(conf, LATER);
        offIsPlain(
                conf, ModulatedOptimizer.builder().score(ScoreSource.probe()).epochs(1, 9).build());
    }

    /** In DL4J the last reader's dropout reaches what readers before it take for their input. */
    @Test
    void dropoutThatIsWrittenOverFeaturesWithTwoReadersStays() {
        GraphBuilder builder = Nets.encoders();
        builder.addLayer("first", Nets.layer(4), "audio_fc")
                .addLayer(
                        "second", new DenseLayer.Builder().nOut(4).dropOut(0.5).build(), "audio_fc")
                .addVertex("concat", new MergeVertex(), "first", "second", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        ComputationGraphConfiguration conf = builder.build();
        offIsPlain(
                conf,
                ModulatedOptimizer.builder()
                        .encoder("audio", "audio_fc")
                        .encoder("visual", "visual_fc")
                        .epochs(1, 9)
                        .build());
    }

    private static void offIsPlain(ComputationGraphConfiguration conf, ModulatedOptimizer later) {
        ComputationGraph plain = Nets.init(conf.clone());
        ComputationGraph off = Nets.init(later.modulate(conf));
        for (ComputationGraph graph : new ComputationGraph[] {plain, off}) {
            Nd4j.getRandom().setSeed(17);
            graph.fit(Nets.batch(8, 1));
        }
        Compare.same(plain.params(), ModulatedOptimizer.strip(off).params(), "parameters");
    }

    /** Convolution with batch norm beside dense layers with dropout; L2, and clipping that acts. */
    private static ComputationGraphConfiguration network(
            IUpdater updater, WorkspaceMode workspaces, DataType type) {
        return Nets.base(updater)
                .dataType(type)
                .l2(1e-3)
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(0.05)
                .trainingWorkspaceMode(workspaces)
                .inferenceWorkspaceMode(workspaces)
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer(
                        "audio_fc", new DenseLayer.Builder().nOut(4).dropOut(0.7).build(), "audio")
                .addLayer(
                        "visual_conv",
                        new ConvolutionLayer.Builder(3, 3).nOut(3).hasBias(false).build(),
                        "visual")
                .addLayer("visual_bn", new BatchNormalization(), "visual_conv")
                .addLayer("visual_pool", new GlobalPoolingLayer(), "visual_bn")
                .addLayer(
                        "visual_fc",
                        new DenseLayer.Builder().nOut(4).dropOut(0.8).build(),
                        "visual_pool")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.convolutional(6, 6, 1))
                .build();
    }

    private static void unclip(GraphVertex vertex) {
        if (Vertices.layerOf(vertex) instanceof BaseLayer layer) {
            layer.setGradientNormalization(GradientNormalization.None);
        }
    }

    private static ComputationGraphConfiguration sharedTrunk() {
        return Nets.encoders()
                .addLayer("audio_out", Nets.output(), "audio_fc")
                .addLayer("visual_out", Nets.output(), "visual_fc")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer(
                        "trunk",
                        new DenseLayer.Builder().nOut(5).activation(Activation.RELU).build(),
                        "concat")
                .addLayer("out", Nets.output(), "trunk")
                .setOutputs("audio_out", "visual_out", "out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    private static ComputationGraph train(ComputationGraph graph, DataType type) {
        Nd4j.getRandom().setSeed(17);
        for (int step = 0; step < STEPS; step++) {
            graph.fit(batch(step, type));
        }
        return graph;
    }

    private static MultiDataSet batch(int seed, DataType type) {
        Random random = new Random(seed);
        INDArray labels = Nets.labels(8, random, type);
        return new MultiDataSet(
                new INDArray[] {
                    Nets.features(random, labels, 0.5, type, 8, 5),
                    Nets.features(random, labels, 1, type, 8, 1, 6, 6)
                },
                new INDArray[] {labels});
    }
}
