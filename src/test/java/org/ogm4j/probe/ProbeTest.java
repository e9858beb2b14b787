package org.ogm4j.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;
import org.ogm4j.testing.Thrown;

/** Probes: they learn what a classifier of their own would, and the network does not notice. */
class ProbeTest {

    private static final int EXAMPLES = 6;

    /** A network with a probe, and batches for it. */
    record Setting(
            String name,
            Supplier<ComputationGraphConfiguration> conf,
            ScoreSource source,
            IntFunction<MultiDataSet> batches) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> settings() {
        ScoreSource probe = ScoreSource.probe();
        DenseLayer dropout =
                new DenseLayer.Builder().nOut(5).activation(Activation.TANH).dropOut(0.5).build();
        IntFunction<MultiDataSet> tokens = step -> Fusions.tokenBatch(EXAMPLES, step);
        IntFunction<MultiDataSet> masked = step -> Fusions.maskedTokenBatch(EXAMPLES, step);
        IntFunction<MultiDataSet> sequences = step -> Nets.sequences(EXAMPLES, 4, step);
        Supplier<ComputationGraphConfiguration> labelPerStep =
                () -> Nets.recurrent(updater()).build();
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("dense", ProbeTest::dropped, probe, ProbeTest::batch));
        settings.add(
                new Setting(
                        "hidden layer with dropout",
                        ProbeTest::dropped,
                        probe.through(dropout),
                        ProbeTest::batch));
        settings.add(new Setting("film", () -> Fusions.film(updater()), probe, ProbeTest::batch));
        settings.add(new Setting("images", ProbeTest::images, probe, ProbeTest::imageBatch));
        settings.add(
                new Setting(
                        "an early vertex through a convolution",
                        ProbeTest::images,
                        probe.at("audio_conv").through(convolution(3), dropout),
                        ProbeTest::imageBatch));
        settings.add(new Setting("tokens", () -> Fusions.selfAttention(updater()), probe, tokens));
        settings.add(
                new Setting(
                        "pooled steps beside a dense layer",
                        ProbeTest::pooled,
                        probe.at("audio_mean"),
                        tokens));
        settings.add(new Setting("last steps under a mask", ProbeTest::lastSteps, probe, masked));
        settings.add(
                new Setting(
                        "a label per step", labelPerStep, probe.through(Nets.lstm(3)), sequences));
        settings.add(
                new Setting(
                        "a label per step through a dense layer",
                        labelPerStep,
                        probe.through(dropout),
                        sequences));
        return settings.stream()
                .flatMap(
                        setting ->
                                Stream.of(
                                        Arguments.of(setting, WorkspaceMode.ENABLED),
                                        Arguments.of(setting, WorkspaceMode.NONE)));
    }

    private static Nesterovs updater() {
        return new Nesterovs(0.1, 0.9);
    }

    @ParameterizedTest(name = "{0}, workspaces {1}")
    @MethodSource("settings")
    void theNetworkDoesNotNotice(Setting setting, WorkspaceMode mode) {
        ComputationGraphConfiguration conf = setting.conf().get();
        conf.setTrainingWorkspaceMode(mode);
        conf.setInferenceWorkspaceMode(mode);
        ModulatedOptimizer watching =
                ModulatedOptimizer.builder()
                        .rule(ratio -> 1)
                        .noise(GradientNoise.none())
                        .score("audio", setting.source())
                        .build();
        ComputationGraph plain = Nets.init(conf);
        ComputationGraph fromConf = Nets.init(watching.modulate(conf));
        ComputationGraph fromGraph = watching.modulate(plain);
        assertTrue(fromConf.numParams() > plain.numParams());
        INDArray probeBefore = fromConf.getVertex("probe-audio").params().dup();
        for (ComputationGraph graph : List.of(plain, fromConf, fromGraph)) {
            Nd4j.getRandom().setSeed(9);
            for (int step = 0; step < 2; step++) {
                graph.fit(setting.batches().apply(step));
            }
        }
        for (ComputationGraph probed : List.of(fromConf, fromGraph)) {
            assertTrue(ModulatedOptimizer.lastModulation(probed).isPresent());
            assertEquals(plain.score(), probed.score());
            plain.paramTable()
                    .forEach((name, own) -> Compare.same(own, probed.getParam(name), name));
            ComputationGraph stripped = ModulatedOptimizer.strip(probed);
            Compare.same(plain.params(), stripped.params(), "parameters");
            Compare.same(plain.updaterState(), stripped.updaterState(), "updater state");
        }
        assertTrue(Compare.differ(probeBefore, fromConf.getVertex("probe-audio").params()));
        MultiDataSet batch = setting.batches().apply(7);
        Compare.same(
                plain.outputSingle(batch.getFeatures()),
                fromConf.outputSingle(batch.getFeatures()),
                "output");
    }

    /** The second way: a network that is nothing but the probe, trained on the same features. */
    @Test
    void itLearnsWhatAClassifierOnTheFeaturesLearns() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder()
                                .noise(GradientNoise.none())
                                .score("visual", ScoreSource.probe().at("visual_fc")),
                        Nets.dense(updater()));
        MultiLayerConfiguration alone =
                new NeuralNetConfiguration.Builder()
                        .dataType(DataType.DOUBLE)
                        .updater(updater())
                        .list()
                        .layer(Nets.output())
                        .setInputType(InputType.feedForward(7))
                        .build();
        MultiLayerNetwork classifier = new MultiLayerNetwork(alone);
        classifier.init();
        classifier.setParams(graph.getVertex("probe-visual").params().reshape(1, -1));
        for (int step = 0; step < 5; step++) {
            MultiDataSet batch = Nets.batch(EXAMPLES, step);
            INDArray features = graph.feedForward(batch.getFeatures(), false).get("visual_fc");
            INDArray truth = classifier.output(features).mul(batch.getLabels(0)).sum(1);
            double score = truth.meanNumber().doubleValue();
            graph.fit(batch);
            classifier.fit(new DataSet(features, batch.getLabels(0)));
            var modalities = ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
            assertEquals(score, modalities.get("visual").score(), 1e-12);
            Compare.close(
                    classifier.params().reshape(-1),
                    graph.getVertex("probe-visual").params().reshape(-1),
                    1e-10,
                    1e-14,
                    "probe");
        }
    }

    @Test
    void maskedLabelsDoNotTeachIt() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().score(ScoreSource.probe()),
                        Nets.dense(new Sgd(0.1)));
        INDArray before = graph.getVertex("probe-audio").params().dup();
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        graph.fit(
                new MultiDataSet(
                        batch.getFeatures(),
                        batch.getLabels(),
                        null,
                        new INDArray[] {Nd4j.zeros(DataType.DOUBLE, EXAMPLES, 1)}));
        Compare.same(before, graph.getVertex("probe-audio").params(), "probe");
    }

    @Test
    void itIsSavedAndResumedWithTheNetwork(@TempDir Path folder) throws IOException {
        for (ComputationGraphConfiguration conf :
                List.of(Nets.dense(updater()), Nets.dense(new Adam(0.01)))) {
            ScoreSource source = ScoreSource.probe().through(Nets.layer(5));
            ModulatedOptimizer probed = ModulatedOptimizer.builder().score(source).build();
            Resuming.assertEqualsUnbroken(probed.modulate(conf), folder);
        }
    }

    @Test
    void stripTakesItOutAndDescribeTellsOfIt() {
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder().score("audio", ScoreSource.probe()).build();
        ComputationGraphConfiguration conf = Nets.dense();
        assertEquals(conf, Rewrite.strip(optimizer.modulate(conf)));
        String described = optimizer.describe(conf);
        assertTrue(
                described.contains("head probe-audio.W, b, labels of out (probe on audio_fc)"),
                described);
        String modulated = optimizer.describe(optimizer.modulate(conf));
        assertTrue(modulated.startsWith(described), modulated);
    }

    @Test
    void probesThatCannotBe() {
        assertProblem(
                ScoreSource.probe().at("visual_fc"),
                Nets.dense(),
                "probe of modality \"audio\" must read a vertex that this modality alone reaches, got \"visual_fc\";"
                        + " known are [audio_fc]");
        ComputationGraphConfiguration twoEnds =
                Nets.encoders()
                        .addLayer("audio_2", Nets.layer(2), "audio")
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc", "audio_2")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("out")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        assertProblem(
                ScoreSource.probe(),
                twoEnds,
                "probe of modality \"audio\" must be told its vertex where the encoder has more than one end, got"
                        + " [audio_fc, audio_2]: use score(\"audio\", ScoreSource.probe().at(\"<vertex>\"))");
        GraphBuilder rows =
                Nets.recurrentEncoders(new Sgd(0.1))
                        .addLayer("audio_dense", Nets.layer(2), "audio")
                        .addLayer("audio_again", Nets.lstm(2), "audio_dense")
                        .addVertex(
                                "concat",
                                new MergeVertex(),
                                "audio_rnn",
                                "visual_rnn",
                                "audio_again")
                        .addLayer("out", rnnOutput(), "concat")
                        .setOutputs("out");
        assertProblem(
                ScoreSource.probe().at("audio_dense"),
                rows.build(),
                "probe of modality \"audio\" must read a sequence, because output \"out\" has labels for every step, got"
                        + " \"audio_dense\" (DenseLayer)");
        assertProblem(
                "visual",
                ScoreSource.probe().at("visual_steps"),
                pooled(),
                "got \"visual_steps\" (DenseLayer) with a row per step");
        assertThrows(IllegalArgumentException.class, () -> ScoreSource.head().at("audio_fc"));
        assertThrows(
                IllegalArgumentException.class, () -> ScoreSource.zeroOut().through(Nets.linear()));
    }

    private static org.deeplearning4j.nn.conf.layers.RnnOutputLayer rnnOutput() {
        return new org.deeplearning4j.nn.conf.layers.RnnOutputLayer.Builder(
                        org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction.MCXENT)
                .nOut(Nets.CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static void assertProblem(
            ScoreSource source, ComputationGraphConfiguration conf, String problem) {
        assertProblem("audio", source, conf, problem);
    }

    private static void assertProblem(
            String modality,
            ScoreSource source,
            ComputationGraphConfiguration conf,
            String problem) {
        ModulatedOptimizer probing = ModulatedOptimizer.builder().score(modality, source).build();
        String message =
                Thrown.message(IllegalArgumentException.class, () -> probing.modulate(conf));
        assertTrue(message.contains(problem), message);
    }

    /** Dropout in the network, whose random numbers a probe must not move. */
    private static ComputationGraphConfiguration dropped() {
        return Nets.dense(Nets.base(updater()).dropOut(0.7));
    }

    private static MultiDataSet batch(int seed) {
        return Nets.batch(EXAMPLES, seed);
    }

    private static ConvolutionLayer convolution(int channels) {
        return new ConvolutionLayer.Builder(2, 2)
                .nOut(channels)
                .activation(Activation.TANH)
                .build();
    }

    private static ComputationGraphConfiguration images() {
        return Nets.base(updater())
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_conv", convolution(2), "audio")
                .addLayer("audio_conv2", convolution(3), "audio_conv")
                .addLayer("visual_conv", convolution(3), "visual")
                .addLayer("audio_mean", new GlobalPoolingLayer(), "audio_conv2")
                .addLayer("visual_mean", new GlobalPoolingLayer(), "visual_conv")
                .addVertex("concat", new MergeVertex(), "audio_mean", "visual_mean")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(5, 5, 1), InputType.convolutional(4, 4, 1))
                .build();
    }

    /** DL4J takes the pooled steps for a sequence of one step. */
    private static ComputationGraphConfiguration pooled() {
        return Nets.recurrentEncoders(updater())
                .addLayer("audio_mean", new GlobalPoolingLayer(), "audio_rnn")
                .addLayer("audio_dense", Nets.layer(2), "audio_mean")
                .addLayer("visual_steps", Nets.layer(3), "visual_rnn")
                .addLayer("visual_again", Nets.lstm(3), "visual_steps")
                .addLayer("visual_mean", new GlobalPoolingLayer(), "visual_again")
                .addVertex("concat", new MergeVertex(), "audio_dense", "visual_mean")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .build();
    }

    /** DL4J outputs the last steps of masked sequences as floats, also here. */
    private static ComputationGraphConfiguration lastSteps() {
        return Nets.recurrentEncoders(updater())
                .addLayer("audio_again", Nets.lstm(3), "audio_rnn")
                .addLayer(
                        "audio_last",
                        new LastTimeStep(new SimpleRnn.Builder().nOut(3).build()),
                        "audio_again")
                .addLayer("visual_mean", new GlobalPoolingLayer(), "visual_rnn")
                .addVertex("concat", new MergeVertex(), "audio_last", "visual_mean")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .build();
    }

    private static MultiDataSet imageBatch(int seed) {
        Random random = new Random(seed);
        INDArray audio = Nets.gaussian(random, EXAMPLES, 1, 5, 5);
        INDArray visual = Nets.gaussian(random, EXAMPLES, 1, 4, 4);
        return new MultiDataSet(
                new INDArray[] {audio, visual},
                new INDArray[] {Nets.labels(EXAMPLES, random, DataType.DOUBLE)});
    }
}
