package org.ogm4j.teacher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ogm4j.testing.TeacherNets.parameters;
import static org.ogm4j.testing.TeacherNets.taught;
import static org.ogm4j.testing.TeacherNets.teacher;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.Distillation;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.testing.Batches;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Dl4jUpdaters;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;

/** Teachers beside everything else: frozen, off, with coefficients and noise. */
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

    /** With everything that moves parameters: decay of all kinds, constraints, every updater. */
    @ParameterizedTest
    @MethodSource("updaters")
    void isNeverTrained(IUpdater updater) {
        ComputationGraphConfiguration conf = Nets.dense(decaying(updater));
        ModulatedOptimizer.Builder builder = taught(conf, BOTH);
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
        ComputationGraph off = taught(conf, distillation).epochs(1, 9).build().modulate(start);
        ComputationGraph fromConf =
                Nets.init(taught(conf, distillation).epochs(1, 9).build().modulate(conf));
        ComputationGraph without = ModulatedOptimizer.builder().build().modulate(start);
        ComputationGraph on = taught(conf, distillation).build().modulate(start);
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
        ComputationGraph on = taught(conf, BOTH).build().modulate(plain);
        Nd4j.getRandom().setSeed(3);
        on.fit(BATCH);
        assertEquals(next, Nd4j.rand(DataType.DOUBLE, 1).getDouble(0));
    }

    /** In inference it costs nothing, and changes nothing. */
    @Test
    void inferenceIsThePlainNetworks() {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraph graph = Nets.init(taught(conf, BOTH).build().modulate(conf));
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

    static Stream<ScoreSource> sources() {
        return Stream.of(ScoreSource.head(), ScoreSource.zeroOut(), ScoreSource.probe());
    }

    /** The signal of logits is that of the modality's own loss for labels that are predictions. */
    @ParameterizedTest
    @MethodSource("sources")
    void predictionsTakeThePlaceOfLabels(ScoreSource source) {
        ComputationGraph plain = Nets.init(Nets.dense());
        ComputationGraph teacher = teacher(plain.getConfiguration(), "audio");
        MultiDataSet soft =
                new MultiDataSet(
                        BATCH.getFeatures(),
                        new INDArray[] {teacher.outputSingle(BATCH.getFeatures(0).dup())});
        ModulatedOptimizer.Builder builder =
                ModulatedOptimizer.builder()
                        .rule(ratio -> 1)
                        .noise(GradientNoise.none())
                        .score(source);
        ComputationGraph taught =
                builder.teacher("audio", teacher, Distillation.logits(0.7)).build().modulate(plain);
        ComputationGraph own =
                ModulatedOptimizer.builder()
                        .rule(ratio -> 1)
                        .noise(GradientNoise.none())
                        .score(source)
                        .unimodal("audio", UnimodalSignal.sum(0.7))
                        .build()
                        .modulate(plain);
        own.paramTable().forEach((name, array) -> array.assign(taught.getParam(name)));
        Map<String, INDArray> expected = Gradients.of(own, soft);
        Map<String, INDArray> actual = Gradients.of(taught, BATCH);
        Map<String, INDArray> jointOfSoft = Gradients.of(plain, soft);
        Map<String, INDArray> joint = Gradients.of(plain, BATCH);
        for (String name : List.of("audio_fc_W", "audio_fc_b", "visual_fc_W")) {
            Compare.close(
                    expected.get(name).sub(jointOfSoft.get(name)),
                    actual.get(name).sub(joint.get(name)),
                    1e-10,
                    1e-12,
                    name);
        }
        assertTrue(Compare.differ(joint.get("audio_fc_W"), actual.get("audio_fc_W")));
    }

    /** As it stands there. */
    @Test
    void theExampleOfTheGuide() {
        ComputationGraphConfiguration conf = Nets.dense();
        Batches train = Batches.of(3);
        Map<String, ComputationGraph> teachers =
                ModulatedOptimizer.builder().build().trainUnimodal(conf, train, 30);
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder();
        teachers.forEach(
                (name, teacher) ->
                        builder.teacher(name, teacher, Distillation.features(1).andLogits(1)));
        ComputationGraph net = new ComputationGraph(builder.build().modulate(conf));
        net.init();
        net.fit(train, 30);
        assertEquals(30, net.getEpochCount());
        assertTrue(Double.isFinite(net.score()));
    }

    private static Map<String, INDArray> gradients(
            ComputationGraph plain, double k, UnimodalSignal signal, Distillation distillation) {
        ModulatedOptimizer.Builder builder =
                distillation == null
                        ? ModulatedOptimizer.builder()
                        : taught(plain.getConfiguration(), distillation);
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
        INDArray said = Teacher.of(on, "audio", List.of()).lessons().get("audio_norm").array();
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
}
