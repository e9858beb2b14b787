package org.ogm4j.teacher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.optimize.solvers.accumulation.EncodedGradientsAccumulator;
import org.deeplearning4j.optimize.solvers.accumulation.GradientsAccumulator;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.Distillation;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Dl4jUpdaters;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;
import org.ogm4j.testing.Thrown;

/** Teachers beside everything else: frozen, off, saved, taken out, with coefficients and noise. */
class TeacherTest {

    private static final int EXAMPLES = 8;
    private static final MultiDataSet BATCH = Nets.batch(EXAMPLES, 1);
    private static final Distillation BOTH = Distillation.features(2).andLogits(0.5);

    static Stream<Distillation> distillations() {
        return Stream.of(Distillation.features(3), Distillation.logits(2), BOTH);
    }

    static Stream<IUpdater> updaters() {
        return Dl4jUpdaters.all();
    }

    /** A network of one modality that is nobody's own: other parameters than the student's. */
    private static ComputationGraph teacher(ComputationGraphConfiguration conf, String modality) {
        ComputationGraph teacher =
                Nets.init(ModulatedOptimizer.builder().build().unimodal(conf, modality));
        Random random = new Random(17);
        teacher.paramTable()
                .forEach((name, own) -> own.addi(Nets.gaussian(random, own.shape()).muli(0.3)));
        return teacher;
    }

    private static ModulatedOptimizer.Builder builder(
            ComputationGraphConfiguration conf, Distillation distillation) {
        return ModulatedOptimizer.builder()
                .teacher("audio", teacher(conf, "audio"), distillation)
                .teacher("visual", teacher(conf, "visual"), distillation);
    }

    private static INDArray parameters(ComputationGraph graph, String modality) {
        return graph.getVertex("teacher-" + modality).params();
    }

    /** With everything that moves parameters: decay of all kinds, constraints, every updater. */
    @ParameterizedTest
    @MethodSource("updaters")
    void isNeverTrained(IUpdater updater) {
        ComputationGraphConfiguration conf = Nets.dense(decaying(updater));
        ModulatedOptimizer.Builder builder = builder(conf, BOTH);
        ComputationGraph graph = Nets.init(builder.build().modulate(conf));
        INDArray audio = parameters(graph, "audio").dup();
        INDArray visual = parameters(graph, "visual").dup();
        Compare.same(
                teacher(conf, "audio").params().reshape(audio.length()), audio, "as it was given");
        INDArray before = graph.params().dup();
        Resuming.train(graph, 0, 6);
        Compare.same(audio, parameters(graph, "audio"), "audio");
        Compare.same(visual, parameters(graph, "visual"), "visual");
        assertTrue(Compare.differ(before, graph.params()));
    }

    private static NeuralNetConfiguration.Builder decaying(IUpdater updater) {
        return Nets.base(updater)
                .l1(0.01)
                .l2(0.02)
                .weightDecayBias(0.03)
                .constrainWeights(new MaxNormConstraint(0.1, 1));
    }

    /** Dropout too: the network draws what it would have drawn. */
    @ParameterizedTest
    @MethodSource("distillations")
    void outsideTheWindowItIsOffAndInsideItActs(Distillation distillation) {
        ComputationGraphConfiguration conf = dropout(new Nesterovs(0.05, 0.9));
        ComputationGraph start = Nets.init(conf);
        ComputationGraph plain = ModulatedOptimizer.strip(start);
        ComputationGraph off = builder(conf, distillation).epochs(1, 9).build().modulate(start);
        ComputationGraph fromConf =
                Nets.init(builder(conf, distillation).epochs(1, 9).build().modulate(conf));
        ComputationGraph without = ModulatedOptimizer.builder().build().modulate(start);
        ComputationGraph on = builder(conf, distillation).build().modulate(start);
        for (ComputationGraph graph : List.of(plain, off, fromConf, without, on)) {
            Nd4j.getRandom().setSeed(3);
            Resuming.train(graph, 0, 5);
        }
        for (ComputationGraph graph : List.of(off, fromConf)) {
            ComputationGraph stripped = ModulatedOptimizer.strip(graph);
            Compare.same(plain.params(), stripped.params(), "parameters");
            Compare.same(plain.updaterState(), stripped.updaterState(), "momentum");
        }
        for (String name : List.of("audio_fc_W", "visual_fc_W")) {
            assertTrue(Compare.differ(without.getParam(name), on.getParam(name)), name);
        }
    }

    private static ComputationGraphConfiguration dropout(IUpdater updater) {
        return Nets.base(updater)
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer(
                        "audio_fc", new DenseLayer.Builder().nOut(4).dropOut(0.8).build(), "audio")
                .addLayer(
                        "visual_1", new DenseLayer.Builder().nOut(6).dropOut(0.8).build(), "visual")
                .addLayer("visual_fc", Nets.layer(7), "visual_1")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    /** Inside the window too the network draws what it would have drawn, whatever is run. */
    @Test
    void theRandomStreamIsLeftAlone() {
        ComputationGraphConfiguration conf = dropout(new Sgd(0.1));
        ComputationGraph plain = Nets.init(conf);
        Nd4j.getRandom().setSeed(3);
        plain.fit(BATCH);
        double next = Nd4j.rand(DataType.DOUBLE, 1).getDouble(0);
        ComputationGraph on = builder(conf, BOTH).build().modulate(plain);
        Nd4j.getRandom().setSeed(3);
        on.fit(BATCH);
        assertEquals(next, Nd4j.rand(DataType.DOUBLE, 1).getDouble(0));
    }

    @ParameterizedTest
    @MethodSource("distillations")
    void savedAndResumedItEqualsUnbroken(Distillation distillation, @TempDir Path folder)
            throws Exception {
        for (ScoreSource source :
                List.of(ScoreSource.head(), ScoreSource.probe(), ScoreSource.zeroOut())) {
            ComputationGraphConfiguration linear = Nets.dense(new Nesterovs(0.05, 0.9));
            Resuming.assertEqualsUnbroken(
                    builder(linear, distillation).score(source).build().modulate(linear), folder);
        }
        ComputationGraphConfiguration adaptive = Nets.dense(new Adam(0.01));
        Resuming.assertEqualsUnbroken(
                builder(adaptive, distillation).build().modulate(adaptive), folder);
    }

    /** JSON brings parameters along only as long as no network holds them. */
    @Test
    void jsonBringsParametersUntilANetworkHoldsThem() {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraphConfiguration modulated = builder(conf, BOTH).build().modulate(conf);
        String json = modulated.toJson();
        ComputationGraph graph = Nets.init(modulated);
        ComputationGraph read = Nets.init(ComputationGraphConfiguration.fromJson(json));
        Compare.same(graph.params(), read.params(), "parameters");
        String later = graph.getConfiguration().toJson();
        assertTrue(later.length() < json.length());
        assertFalse(later.contains("\"parameters\""), later);
        assertEquals(modulated, ComputationGraphConfiguration.fromJson(later));
        ComputationGraph without = Nets.init(ComputationGraphConfiguration.fromJson(later));
        assertEquals(
                "teacher of modality \"audio\" must have parameters, got zeros: the JSON of a network's configuration leaves them out; keep the network with ModelSerializer, or the configuration as modulate gives it, before init()",
                Thrown.message(IllegalStateException.class, () -> without.fit(BATCH)));
        ComputationGraph given = Nets.init(ComputationGraphConfiguration.fromJson(later));
        given.setParams(graph.params());
        given.fit(BATCH);
        graph.fit(BATCH);
        Compare.same(graph.params(), given.params(), "given parameters");
    }

    /** In memory a configuration makes as many networks as one likes. */
    @Test
    void aConfigurationMakesSeveralNetworks() throws Exception {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraphConfiguration modulated = builder(conf, BOTH).build().modulate(conf);
        ComputationGraph first = Nets.init(modulated);
        INDArray teacher = parameters(first, "audio").dup();
        List<ComputationGraphConfiguration> others = new ArrayList<>();
        others.add(modulated);
        others.add(modulated.clone());
        others.add(sent(modulated));
        others.add(sent(builder(conf, BOTH).build().modulate(conf)));
        for (ComputationGraphConfiguration other : others) {
            ComputationGraph graph = Nets.init(other);
            assertEquals(modulated, other);
            Compare.same(teacher, parameters(graph, "audio"), "teacher");
        }
        Nets.init(others.get(1)).fit(BATCH);
        Compare.same(teacher, parameters(first.clone(), "audio"), "clone");
    }

    private static ComputationGraphConfiguration sent(ComputationGraphConfiguration conf)
            throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(conf);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ComputationGraphConfiguration) in.readObject();
        }
    }

    @Test
    void stripGivesThePlainNetworkBack() {
        ComputationGraphConfiguration conf = Nets.dense(new Nesterovs(0.01, 0.9));
        ComputationGraph graph = Nets.init(builder(conf, BOTH).build().modulate(conf));
        Resuming.train(graph, 0, 3);
        ComputationGraph plain = ModulatedOptimizer.strip(graph);
        assertEquals(conf, Rewrite.strip(builder(conf, BOTH).build().modulate(conf)));
        assertEquals(conf.getVertices().keySet(), plain.getConfiguration().getVertices().keySet());
        assertFalse(plain.getConfiguration().toJson().contains("ogm4j"));
        plain.paramTable()
                .forEach((name, own) -> Compare.same(graph.getParam(name), own, "strip, " + name));
        ComputationGraph again = builder(conf, BOTH).build().modulate(plain);
        Compare.same(graph.params(), again.params(), "modulated again");
        Compare.same(graph.updaterState(), again.updaterState(), "state");
    }

    /** In inference it costs nothing, and changes nothing. */
    @Test
    void inferenceIsThePlainNetworks() {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraph graph = Nets.init(builder(conf, BOTH).build().modulate(conf));
        ComputationGraph plain = ModulatedOptimizer.strip(graph);
        Compare.same(
                plain.outputSingle(BATCH.getFeatures()),
                graph.outputSingle(BATCH.getFeatures()),
                "output");
        assertEquals(plain.score(BATCH), graph.score(BATCH));
        assertEquals(1, graph.feedForward(BATCH.getFeatures(), true).get("teacher-audio").length());
        assertTrue(graph.summary().contains("teacher-audio"));
        assertTrue(
                graph.summary(InputType.feedForward(5), InputType.feedForward(6))
                        .contains("teacher-audio"));
    }

    /** R = k e_j + e_t: what a teacher says is not slowed. */
    @Test
    void theCoefficientDoesNotSlowTheTeacher() {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraph plain = Nets.init(conf);
        Map<String, INDArray> joint = Gradients.of(plain, BATCH);
        Map<String, INDArray> whole = gradients(plain, 1, UnimodalSignal.none(), BOTH);
        Map<String, INDArray> slowed = gradients(plain, 0.25, UnimodalSignal.none(), BOTH);
        for (String name : List.of("audio_fc_W", "visual_fc_b")) {
            INDArray e = whole.get(name).sub(joint.get(name));
            Compare.close(joint.get(name).mul(0.25).add(e), slowed.get(name), 1e-10, 1e-12, name);
        }
    }

    /** R(k e_j, gamma e_u + e_t), of every kind whose R is a sum of its arguments. */
    @Test
    void withAnOwnLossItIsAddedToThat() {
        ComputationGraph plain = Nets.init(Nets.dense());
        UnimodalSignal sum = UnimodalSignal.sum(2);
        UnimodalSignal replace = UnimodalSignal.replace(3);
        Map<String, INDArray> joint = Gradients.of(plain, BATCH);
        Map<String, INDArray> taught = gradients(plain, 1, UnimodalSignal.none(), BOTH);
        Map<String, INDArray> summed = gradients(plain, 0.5, sum, null);
        Map<String, INDArray> replaced = gradients(plain, 0.5, replace, null);
        Map<String, INDArray> summedAndTaught = gradients(plain, 0.5, sum, BOTH);
        Map<String, INDArray> replacedAndTaught = gradients(plain, 0.5, replace, BOTH);
        for (String name : List.of("audio_fc_W", "audio_fc_b", "visual_fc_W", "visual_fc_b")) {
            INDArray e = taught.get(name).sub(joint.get(name));
            Compare.close(summed.get(name).add(e), summedAndTaught.get(name), 1e-10, 1e-12, name);
            Compare.close(
                    replaced.get(name).add(e), replacedAndTaught.get(name), 1e-10, 1e-12, name);
        }
        Compare.same(joint.get("out_W"), summedAndTaught.get("out_W"), "head");
    }

    private static Map<String, INDArray> gradients(
            ComputationGraph plain, double k, UnimodalSignal signal, Distillation distillation) {
        ModulatedOptimizer.Builder builder =
                distillation == null
                        ? ModulatedOptimizer.builder()
                        : builder(plain.getConfiguration(), distillation);
        return Gradients.of(
                builder.rule(ratio -> k)
                        .noise(GradientNoise.none())
                        .unimodal(signal)
                        .build()
                        .modulate(plain),
                BATCH);
    }

    /** The second way, from the loss alone: (L(+h) - L(-h)) / 2h, and all else held still. */
    @Test
    void theSignalOfFeaturesIsTheDerivativeOfTheDistance() {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraph plain = Nets.init(conf);
        ComputationGraph teacher = teacher(conf, "audio");
        INDArray t =
                teacher.feedForward(new INDArray[] {BATCH.getFeatures(0)}, false).get("audio_fc");
        ComputationGraph on =
                ModulatedOptimizer.builder()
                        .rule(ratio -> 1)
                        .noise(GradientNoise.none())
                        .teacher("audio", teacher, Distillation.features(1.5))
                        .build()
                        .modulate(plain);
        INDArray gradient =
                Gradients.of(on, BATCH)
                        .get("audio_fc_W")
                        .sub(Gradients.of(plain, BATCH).get("audio_fc_W"));
        INDArray w = plain.getParam("audio_fc_W");
        double h = 1e-6;
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                double at = w.getDouble(i, j);
                w.putScalar(i, j, at + h);
                double up = distance(plain, t);
                w.putScalar(i, j, at - h);
                double down = distance(plain, t);
                w.putScalar(i, j, at);
                assertEquals(1.5 * (up - down) / (2 * h), gradient.getDouble(i, j), 1e-7);
            }
        }
    }

    /** Summed over the batch. */
    private static double distance(ComputationGraph graph, INDArray t) {
        INDArray phi = graph.feedForward(BATCH.getFeatures(), false).get("audio_fc");
        INDArray difference = phi.sub(t);
        return difference.mul(difference).sumNumber().doubleValue() / phi.size(1);
    }

    /** A teacher that is the student says nothing. */
    @Test
    void theDistanceToItselfIsNone() {
        ComputationGraph plain = Nets.init(Nets.dense());
        ComputationGraph teacher = teacher(plain.getConfiguration(), "audio");
        teacher.getParam("audio_fc_W").assign(plain.getParam("audio_fc_W"));
        teacher.getParam("audio_fc_b").assign(plain.getParam("audio_fc_b"));
        ComputationGraph on =
                ModulatedOptimizer.builder()
                        .rule(ratio -> 1)
                        .noise(GradientNoise.none())
                        .teacher("audio", teacher)
                        .build()
                        .modulate(plain);
        Map<String, INDArray> joint = Gradients.of(plain, BATCH);
        Gradients.of(on, BATCH)
                .forEach((name, g) -> Compare.same(joint.get(name), g, "same as plain, " + name));
    }

    /** Running mean and variance are used and stay, while the student's own move. */
    @Test
    void batchNormOfATeacherIsAtInference() {
        ComputationGraphConfiguration conf = normalized();
        ComputationGraph teacher = teacher(conf, "audio");
        teacher.getParam("audio_norm_mean").assign(Nd4j.createFromArray(0.5, -2, 1, 3));
        INDArray t =
                teacher.feedForward(new INDArray[] {BATCH.getFeatures(0)}, false).get("audio_norm");
        ComputationGraph on =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .teacher("audio", teacher)
                                .build()
                                .modulate(conf));
        INDArray before = parameters(on, "audio").dup();
        on.setInputs(BATCH.getFeatures());
        on.setLabels(BATCH.getLabels());
        on.computeGradientAndScore();
        INDArray said = Teacher.of(on, "audio").lessons().get("audio_norm").array();
        Compare.close(t, said, 1e-12, 1e-14, "features");
        INDArray mean = on.getParam("audio_norm_mean").dup();
        Resuming.train(on, 0, 3);
        Compare.same(before, parameters(on, "audio"), "teacher");
        assertTrue(Compare.differ(mean, on.getParam("audio_norm_mean")));
    }

    private static ComputationGraphConfiguration normalized() {
        return Nets.encoders()
                .addLayer("audio_norm", new BatchNormalization(), "audio_fc")
                .addVertex("concat", new MergeVertex(), "audio_norm", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    /** A frozen layer of the encoder is one of the teacher's too. */
    @Test
    void frozenLayersInTheEncoder() {
        ComputationGraph start = Nets.init(dropout(new Sgd(0.1)));
        ComputationGraph frozen =
                new TransferLearning.GraphBuilder(start).setFeatureExtractor("visual_1").build();
        ComputationGraphConfiguration conf = frozen.getConfiguration();
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder()
                        .teacher("visual", teacher(conf, "visual"), BOTH)
                        .build();
        ComputationGraph on = optimizer.modulate(frozen);
        INDArray held = on.getParam("visual_1_W").dup();
        INDArray teacher = parameters(on, "visual").dup();
        INDArray moving = on.getParam("visual_fc_W").dup();
        Resuming.train(on, 0, 3);
        Compare.same(held, on.getParam("visual_1_W"), "frozen");
        Compare.same(teacher, parameters(on, "visual"), "teacher");
        assertTrue(Compare.differ(moving, on.getParam("visual_fc_W")));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "HALF"})
    void inLowerPrecision(DataType type) {
        ComputationGraphConfiguration conf = Nets.dense(Nets.base(new Sgd(0.1)).dataType(type));
        ComputationGraphConfiguration exact = Nets.dense();
        ComputationGraph teacher = teacher(exact, "audio");
        ComputationGraph lower = teacher.convertDataType(type);
        ComputationGraph plain = Nets.init(exact);
        INDArray expected = signal(plain, teacher, DataType.DOUBLE);
        ComputationGraph lowerPlain = Nets.init(conf);
        lowerPlain.setParams(plain.params().castTo(type));
        INDArray actual = signal(lowerPlain, lower, type).castTo(DataType.DOUBLE);
        double rtol = type == DataType.FLOAT ? 1e-4 : 0.05;
        Compare.close(expected, actual, rtol, rtol / 10, "signal in " + type);
    }

    private static INDArray signal(
            ComputationGraph plain, ComputationGraph teacher, DataType type) {
        MultiDataSet batch = Nets.batch(EXAMPLES, 1, type);
        ComputationGraph on =
                ModulatedOptimizer.builder()
                        .rule(ratio -> 1)
                        .noise(GradientNoise.none())
                        .teacher("audio", teacher, BOTH)
                        .build()
                        .modulate(plain);
        return Gradients.of(on, batch)
                .get("audio_fc_W")
                .sub(Gradients.of(plain, batch).get("audio_fc_W"));
    }

    /** DL4J converts a whole network, the teacher inside too. */
    @Test
    void aWholeNetworkIsConverted() {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraph graph = Nets.init(builder(conf, BOTH).build().modulate(conf));
        ComputationGraph single = graph.convertDataType(DataType.FLOAT);
        single.fit(Nets.batch(EXAMPLES, 1, DataType.FLOAT));
        assertEquals(DataType.FLOAT, parameters(single, "audio").dataType());
        assertEquals(DataType.DOUBLE, parameters(graph, "audio").dataType());
        graph.fit(BATCH);
        assertTrue(Double.isFinite(graph.score()));
    }

    /** Segments go on where the one before ended, as the encoder's do. */
    @Test
    void truncatedBackpropagationCarriesTheStateOn() {
        ComputationGraphConfiguration conf =
                Nets.recurrent(new Sgd(0.1))
                        .backpropType(BackpropType.TruncatedBPTT)
                        .tBPTTForwardLength(3)
                        .tBPTTBackwardLength(3)
                        .build();
        ComputationGraph teacher = teacher(conf, "audio");
        MultiDataSet batch = Nets.sequences(EXAMPLES, 7, 1);
        INDArray whole =
                teacher.feedForward(new INDArray[] {batch.getFeatures(0)}, false).get("audio_rnn");
        ComputationGraph on =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .teacher("audio", teacher, Distillation.features(1))
                                .build()
                                .modulate(conf));
        Teacher beside = Teacher.of(on, "audio");
        List<INDArray> said = new ArrayList<>();
        on.setListeners(
                new org.deeplearning4j.optimize.api.BaseTrainingListener() {
                    @Override
                    public void onBackwardPass(org.deeplearning4j.nn.api.Model model) {
                        said.add(beside.lessons().get("audio_rnn").array());
                    }
                });
        on.fit(batch);
        on.fit(batch);
        assertEquals(6, said.size());
        for (int fit = 0; fit < 2; fit++) {
            for (int segment = 0; segment < 3; segment++) {
                INDArray expected =
                        whole.get(
                                NDArrayIndex.all(),
                                NDArrayIndex.all(),
                                NDArrayIndex.interval(3 * segment, Math.min(7, 3 * segment + 3)));
                Compare.close(
                        expected, said.get(3 * fit + segment), 1e-10, 1e-12, "segment " + segment);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ParallelWrapper.TrainingMode.class,
            names = {"AVERAGING", "SHARED_GRADIENTS"})
    void twoReplicasTrainWithTheirTeacher(ParallelWrapper.TrainingMode mode) {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraph graph = Nets.init(builder(conf, BOTH).build().modulate(conf));
        INDArray teacher = parameters(graph, "audio").dup();
        INDArray encoder = graph.getParam("audio_fc_W").dup();
        List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = new ArrayList<>();
        for (int step = 0; step < 12; step++) {
            batches.add(Nets.batch(EXAMPLES, step));
        }
        // DL4J's own choice of a buffer is too small for some small networks
        GradientsAccumulator sharing =
                new EncodedGradientsAccumulator(2, new FixedThresholdAlgorithm(0.01), null, false);
        ParallelWrapper wrapper =
                new ParallelWrapper.Builder<>(graph)
                        .workers(2)
                        .averagingFrequency(1)
                        .trainingMode(mode)
                        .gradientsAccumulator(sharing)
                        .build();
        wrapper.fit(new IteratorMultiDataSetIterator(batches.iterator(), EXAMPLES));
        wrapper.shutdown();
        Compare.same(teacher, parameters(graph, "audio"), "teacher");
        assertTrue(Compare.differ(encoder, graph.getParam("audio_fc_W")));
    }

    @Test
    void aSavedNetworkHoldsItsTeacher(@TempDir Path folder) throws Exception {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraph graph = Nets.init(builder(conf, BOTH).build().modulate(conf));
        File file = folder.resolve("network.zip").toFile();
        ModelSerializer.writeModel(graph, file, true);
        ComputationGraph read = ModelSerializer.restoreComputationGraph(file, true);
        Compare.same(parameters(graph, "audio"), parameters(read, "audio"), "teacher");
    }

    @Test
    void aTeacherThatWasEditedAwayIsMissed() {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraphConfiguration modulated = builder(conf, BOTH).build().modulate(conf);
        modulated.getVertices().remove("teacher-audio");
        modulated.getVertexInputs().remove("teacher-audio");
        ComputationGraph graph = Nets.init(modulated);
        assertEquals(
                "teacher of modality \"audio\" must be in the network, got none: the network was edited after it was modulated; call strip, edit, modulate again",
                Thrown.message(IllegalStateException.class, () -> graph.fit(BATCH)));
    }

    /** What a teacher says may not be finite: the batch then trains as it would without. */
    @Test
    void aTeacherThatIsNotFiniteTurnsTheBatchOff() {
        ComputationGraph plain = Nets.init(Nets.dense());
        ComputationGraph teacher = teacher(plain.getConfiguration(), "audio");
        teacher.getParam("audio_fc_b").putScalar(0, Double.NaN);
        ComputationGraph on =
                ModulatedOptimizer.builder().teacher("audio", teacher).build().modulate(plain);
        on.fit(BATCH);
        plain.fit(BATCH);
        Compare.same(plain.params(), ModulatedOptimizer.strip(on).params(), "parameters");
        assertEquals(1, ModulatedOptimizer.lastModulation(on).orElseThrow().refusedBatches());
    }

    @Test
    void describeTellsOfIt() {
        ComputationGraphConfiguration conf = Nets.dense();
        String described =
                ModulatedOptimizer.builder()
                        .teacher("audio", teacher(conf, "audio"), BOTH)
                        .build()
                        .describe(conf);
        assertTrue(described.contains("teacher features(2.0) + logits(0.5)"), described);
    }

    @Test
    void withoutATeacherNothingIsWritten() {
        assertFalse(
                ModulatedOptimizer.builder()
                        .build()
                        .modulate(Nets.dense())
                        .toJson()
                        .contains("distillation"));
        assertNull(Nets.init(Nets.dense()).getVertex("teacher-audio"));
    }
}
