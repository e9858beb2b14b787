package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.AdamVariant;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.math.CounterGaussian;
import org.ogm4j.math.RowWeights;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;

/** The unimodal signal beside everything else: off, saved, noise, coefficients, refusals. */
class UnimodalSignalTest {

    private static final int EXAMPLES = 8;
    private static final MultiDataSet BATCH = Nets.batch(EXAMPLES, 1);
    private static final List<String> ENCODERS =
            List.of("audio_fc_W", "audio_fc_b", "visual_fc_W", "visual_fc_b");

    static Stream<UnimodalSignal> signals() {
        return Stream.of(
                UnimodalSignal.sum(2),
                UnimodalSignal.replace(3),
                UnimodalSignal.pareto(),
                UnimodalSignal.project());
    }

    static Stream<ScoreSource> sources() {
        return Stream.of(ScoreSource.head(), ScoreSource.zeroOut(), ScoreSource.probe());
    }

    static Stream<Arguments> signalsAndSources() {
        return signals().flatMap(signal -> sources().map(source -> Arguments.of(signal, source)));
    }

    private static ModulatedOptimizer.Builder builder(UnimodalSignal signal, ScoreSource source) {
        return ModulatedOptimizer.builder().score(source).unimodal(signal);
    }

    @ParameterizedTest
    @MethodSource("signalsAndSources")
    void outsideTheWindowItIsOffAndInsideItActs(UnimodalSignal signal, ScoreSource source) {
        ComputationGraph start = Nets.init(Nets.dense(new Nesterovs(0.05, 0.9)));
        ComputationGraph plain = ModulatedOptimizer.strip(start);
        ComputationGraph off = builder(signal, source).epochs(1, 9).build().modulate(start);
        ComputationGraph on = builder(signal, source).build().modulate(start);
        ComputationGraph without = builder(UnimodalSignal.none(), source).build().modulate(start);
        for (ComputationGraph graph : List.of(plain, off, on, without)) {
            Resuming.train(graph, 0, 5);
        }
        ComputationGraph stripped = ModulatedOptimizer.strip(off);
        Compare.same(plain.params(), stripped.params(), "parameters");
        Compare.same(plain.updaterState(), stripped.updaterState(), "momentum");
        for (String name : ENCODERS) {
            assertTrue(Compare.differ(without.getParam(name), on.getParam(name)), name);
        }
    }

    @Test
    void noneIsTheSameAsNoCall() {
        ComputationGraphConfiguration conf = Nets.dense();
        assertEquals(
                ModulatedOptimizer.builder().build().modulate(conf),
                ModulatedOptimizer.builder()
                        .unimodal(UnimodalSignal.none())
                        .unimodal("audio", UnimodalSignal.none())
                        .build()
                        .modulate(conf));
    }

    @ParameterizedTest
    @MethodSource("signalsAndSources")
    void savedAndResumedItEqualsUnbroken(
            UnimodalSignal signal, ScoreSource source, @TempDir Path folder) throws IOException {
        ModulatedOptimizer optimizer = builder(signal, source).build();
        Resuming.assertEqualsUnbroken(
                optimizer.modulate(Nets.dense(new Nesterovs(0.05, 0.9))), folder);
        Resuming.assertEqualsUnbroken(optimizer.modulate(Nets.dense(new Adam(0.01))), folder);
        assertEquals(Nets.dense(), Rewrite.strip(optimizer.modulate(Nets.dense())));
    }

    /** DGL: what another modality shows reaches an encoder in no way. */
    @ParameterizedTest
    @MethodSource("sources")
    void replacedTheOtherModalityDoesNotMatter(ScoreSource source) {
        ComputationGraph plain = Nets.init(Nets.dense());
        ComputationGraph graph =
                builder(UnimodalSignal.replace(3), source)
                        .noise(GradientNoise.none())
                        .build()
                        .modulate(plain);
        INDArray otherVisual = Nets.gaussian(new Random(9), EXAMPLES, 6);
        MultiDataSet other =
                new MultiDataSet(
                        new INDArray[] {BATCH.getFeatures(0), otherVisual}, BATCH.getLabels());
        Map<String, INDArray> gradients = Gradients.of(graph, BATCH);
        Map<String, INDArray> others = Gradients.of(graph, other);
        Compare.same(gradients.get("audio_fc_W"), others.get("audio_fc_W"), "audio");
        assertTrue(Compare.differ(gradients.get("visual_fc_W"), others.get("visual_fc_W")));
        Map<String, INDArray> joint = Gradients.of(plain, BATCH);
        Compare.same(joint.get("out_W"), gradients.get("out_W"), "head");
        Compare.same(joint.get("out_b"), gradients.get("out_b"), "head");
    }

    /** The second way, from the loss alone: (L(+h) - L(-h)) / 2h with the head held still. */
    @Test
    void theSignalOfHeadRowsIsTheDerivativeOfTheModalitysLoss() {
        ComputationGraph plain = Nets.init(Nets.dense());
        plain.getLayer("out").getParam("b").assign(Nd4j.createFromArray(0.3, -0.2, 0.5));
        INDArray gradient =
                gradients(plain, UnimodalSignal.replace(1), 1, GradientNoise.none())
                        .get("audio_fc_W");
        INDArray w = plain.getLayer("audio_fc").getParam("W");
        double h = 1e-6;
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                double at = w.getDouble(i, j);
                w.putScalar(i, j, at + h);
                double up = lossOfAudio(plain);
                w.putScalar(i, j, at - h);
                double down = lossOfAudio(plain);
                w.putScalar(i, j, at);
                assertEquals((up - down) / (2 * h), gradient.getDouble(i, j), 1e-7);
            }
        }
    }

    /** Summed over the batch, from scratch. */
    private static double lossOfAudio(ComputationGraph graph) {
        INDArray logits = logitsOfAudio(graph, features(graph, "audio_fc", 0));
        INDArray logs = Transforms.log(Transforms.softmax(logits));
        return -logs.mul(BATCH.getLabels(0)).sumNumber().doubleValue();
    }

    private static INDArray features(ComputationGraph graph, String layer, int input) {
        return Transforms.tanh(
                BATCH.getFeatures(input)
                        .mmul(graph.getLayer(layer).getParam("W"))
                        .addRowVector(graph.getLayer(layer).getParam("b")));
    }

    private static INDArray rowsOfAudio(ComputationGraph graph) {
        INDArray w = graph.getLayer("out").getParam("W");
        return w.get(NDArrayIndex.interval(0, 4), NDArrayIndex.all());
    }

    private static INDArray logitsOfAudio(ComputationGraph graph, INDArray features) {
        INDArray half = graph.getLayer("out").getParam("b").div(2);
        return features.mmul(rowsOfAudio(graph)).addRowVector(half);
    }

    /** Row i of the gate's output is R(k e_j, gamma e_u) + c (z_i - mean z) R(e_j, gamma e_u). */
    @ParameterizedTest
    @MethodSource("signals")
    void theNoiseIsThatOfTheCombinationAndNotScaledByK(UnimodalSignal signal) {
        double k = 0.25;
        double scale = 0.5;
        ComputationGraph plain = Nets.init(Nets.dense());
        Map<String, INDArray> actual =
                gradients(plain, signal, k, GradientNoise.sgdCovariance().scaledBy(scale));
        double[] z = CounterGaussian.draw(7, 0, 0, EXAMPLES);
        INDArray a = Nd4j.createFromArray(RowWeights.of(0, scale, z)).reshape(EXAMPLES, 1);

        INDArray phi = features(plain, "audio_fc", 0);
        INDArray head = plain.getLayer("out").getParam("W");
        INDArray all = Nd4j.hstack(phi, features(plain, "visual_fc", 1)).mmul(head);
        INDArray labels = BATCH.getLabels(0);
        INDArray back = rowsOfAudio(plain).transpose();
        INDArray joint = Transforms.softmax(all).sub(labels).mmul(back);
        INDArray own = Transforms.softmax(logitsOfAudio(plain, phi)).sub(labels).mmul(back);
        Combination r = new Combination(signal, own, null);
        INDArray error = r.of(joint.mul(k)).add(r.of(joint).muliColumnVector(a));
        INDArray delta = error.mul(phi.mul(phi).rsub(1));
        Compare.close(
                BATCH.getFeatures(0).transpose().mmul(delta),
                actual.get("audio_fc_W"),
                1e-10,
                1e-12,
                "W");
    }

    private static Map<String, INDArray> gradients(
            ComputationGraph plain, UnimodalSignal signal, double k, GradientNoise noise) {
        return Gradients.of(
                builder(signal, ScoreSource.head())
                        .rule(ratio -> k)
                        .noise(noise)
                        .seed(7)
                        .build()
                        .modulate(plain),
                BATCH);
    }

    /** With adaptive updaters k stays on the finished step, and the updater sees R alone. */
    @ParameterizedTest
    @MethodSource("signals")
    void withAdaptiveUpdatersKIsOnTheFinishedStep(UnimodalSignal signal) {
        double k = 0.25;
        ComputationGraph plain = Nets.init(Nets.dense(new RmsProp(0.01)));
        ComputationGraph linear = Nets.init(Nets.dense());
        linear.setParams(plain.params());
        Map<String, INDArray> r = gradients(linear, signal, 1, GradientNoise.none());
        Map<String, INDArray> seen = Gradients.of(adaptive(plain, signal, k), BATCH);
        ComputationGraph whole = adaptive(plain, signal, 1);
        ComputationGraph slowed = adaptive(plain, signal, k);
        whole.fit(BATCH);
        slowed.fit(BATCH);
        for (String name : ENCODERS) {
            Compare.close(r.get(name), seen.get(name), 1e-12, 1e-14, name);
            INDArray step = whole.getParam(name).sub(plain.getParam(name));
            INDArray part = slowed.getParam(name).sub(plain.getParam(name));
            Compare.close(step.mul(k), part, 1e-9, 1e-13, name);
        }
    }

    private static ComputationGraph adaptive(
            ComputationGraph plain, UnimodalSignal signal, double k) {
        return builder(signal, ScoreSource.head())
                .rule(ratio -> k)
                .adam(AdamVariant.off())
                .noise(GradientNoise.none())
                .build()
                .modulate(plain);
    }

    /** Every noise, the Adam variant, scores that are held, in double and float. */
    @ParameterizedTest
    @MethodSource("signalsAndSources")
    void trainsWithEveryNoise(UnimodalSignal signal, ScoreSource source) {
        for (GradientNoise noise :
                List.of(
                        GradientNoise.none(),
                        GradientNoise.moments(),
                        GradientNoise.tensorStd(),
                        GradientNoise.sgdCovariance())) {
            boolean exact = noise.estimate() == GradientNoise.Estimate.SGD_COVARIANCE;
            IUpdater updater = exact ? new Sgd(0.1) : new Adam(0.01);
            for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
                ComputationGraph graph =
                        Nets.init(
                                builder(signal, source)
                                        .noise(noise)
                                        .scoreEvery(2)
                                        .build()
                                        .modulate(Nets.dense(Nets.base(updater).dataType(type))));
                for (int step = 0; step < 3; step++) {
                    graph.fit(Nets.batch(EXAMPLES, step, type));
                }
                assertTrue(Double.isFinite(graph.params().sumNumber().doubleValue()));
                assertEquals(2, ModulatedOptimizer.lastModulation(graph).orElseThrow().iteration());
            }
        }
    }

    @Test
    void oneModalityOnlyLeavesTheOtherAlone() {
        ComputationGraph plain = Nets.init(Nets.dense());
        Map<String, INDArray> joint = Gradients.of(plain, BATCH);
        Map<String, INDArray> actual =
                Gradients.of(
                        ModulatedOptimizer.builder()
                                .rule(ratio -> 1)
                                .noise(GradientNoise.none())
                                .unimodal("visual", UnimodalSignal.sum(1))
                                .build()
                                .modulate(plain),
                        BATCH);
        Compare.same(joint.get("audio_fc_W"), actual.get("audio_fc_W"), "audio");
        assertTrue(Compare.differ(joint.get("visual_fc_W"), actual.get("visual_fc_W")));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aBatchThatCannotBeModulatedTrainsAsPlain(ScoreSource source) {
        ComputationGraph plain = Nets.init(Nets.dense());
        ComputationGraph on = builder(UnimodalSignal.replace(2), source).build().modulate(plain);
        MultiDataSet unlabelled =
                new MultiDataSet(
                        BATCH.getFeatures(),
                        BATCH.getLabels(),
                        null,
                        new INDArray[] {Nd4j.zeros(DataType.DOUBLE, EXAMPLES, 1)});
        for (ComputationGraph graph : List.of(plain, on)) {
            graph.fit(unlabelled);
        }
        Compare.same(plain.params(), ModulatedOptimizer.strip(on).params(), "parameters");
    }

    /** Scores may be those of an earlier step, and say nothing about this one. */
    @Test
    void aSignalThatIsNotFiniteTurnsTheBatchOff() {
        ComputationGraph on =
                Nets.init(
                        builder(UnimodalSignal.sum(1), ScoreSource.probe())
                                .scoreEvery(9)
                                .build()
                                .modulate(Nets.dense()));
        on.fit(BATCH);
        ComputationGraph plain = ModulatedOptimizer.strip(on);
        INDArray probe = on.getLayer("probe-audio").getParam("W");
        probe.assign(Double.MAX_VALUE);
        probe.getRow(0).assign(-Double.MAX_VALUE);
        for (ComputationGraph graph : List.of(plain, on)) {
            graph.fit(BATCH);
        }
        Compare.same(plain.params(), ModulatedOptimizer.strip(on).params(), "parameters");
    }

    @Test
    void jsonKeepsItAndTakesAMissingOneForNone() {
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder()
                        .unimodal(UnimodalSignal.sum(1.5))
                        .unimodal("audio", UnimodalSignal.pareto())
                        .build();
        ComputationGraphConfiguration conf = optimizer.modulate(Nets.dense());
        String json = conf.toJson();
        assertEquals(conf, ComputationGraphConfiguration.fromJson(json));
        assertTrue(json.contains("PARETO"), json);
        ComputationGraphConfiguration plain =
                ModulatedOptimizer.builder().build().modulate(Nets.dense());
        assertEquals(
                plain,
                ComputationGraphConfiguration.fromJson(
                        plain.toJson().replace("\"signal\"", "\"nothing\"")));
        for (String bad : List.of("-1.5", "0.0", "\"NaN\"")) {
            String changed = json.replace("\"gamma\" : 1.5", "\"gamma\" : " + bad);
            RuntimeException thrown =
                    assertThrows(
                            RuntimeException.class,
                            () -> ComputationGraphConfiguration.fromJson(changed));
            assertTrue(
                    (thrown + String.valueOf(thrown.getCause())).contains("gamma must be positive"),
                    thrown.toString());
        }
    }

    @Test
    void badValuesAreRefused() {
        for (double gamma : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> UnimodalSignal.sum(gamma));
            assertThrows(IllegalArgumentException.class, () -> UnimodalSignal.replace(gamma));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new UnimodalSignal(UnimodalSignal.Kind.PARETO, 2));
        assertThrows(IllegalArgumentException.class, () -> new UnimodalSignal(null, 1));
        assertEquals("sum(1.5)", UnimodalSignal.sum(1.5).toString());
        assertEquals("project", UnimodalSignal.project().toString());
    }

    @Test
    void describeTellsOfIt() {
        ComputationGraphConfiguration conf = Nets.dense();
        String described =
                ModulatedOptimizer.builder()
                        .score("visual", ScoreSource.probe())
                        .unimodal(UnimodalSignal.sum(1))
                        .build()
                        .describe(conf);
        assertTrue(
                described.contains("noise sgdCovariance, signal sum(1.0) from head rows"),
                described);
        assertTrue(described.contains("signal sum(1.0) from a probe"), described);
        assertFalse(ModulatedOptimizer.builder().build().describe(conf).contains("signal"));
    }
}
