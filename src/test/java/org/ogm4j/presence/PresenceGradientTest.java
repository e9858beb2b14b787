package org.ogm4j.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.math.CounterGaussian;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Missing;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.UnimodalNets;

/**
 * The gradient of an encoder is that of the examples that have its modality. Gradients are sums
 * over the batch, as before DL4J divides them by its size: so the factor m_u/m between means is
 * none between sums.
 */
class PresenceGradientTest {

    private static final double RTOL = 1e-12;
    private static final double ATOL = 1e-14;
    private static final boolean[] AUDIO = {true, false, true, true, false, true};
    private static final boolean[] ALL = {true, true, true, true, true, true};
    private static final boolean[] VISUAL = {true, true, false, true, false, true};

    /** The score stays that of the step; a constant k leaves nothing to its last digits. */
    private static ModulatedOptimizer.Builder options(Missing sign) {
        return ModulatedOptimizer.builder()
                .rule(rho -> 0.3)
                .noise(GradientNoise.none())
                .missing(sign.option());
    }

    record Setting(String name, ComputationGraphConfiguration conf, MultiDataSet batch) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Networks whose examples do not meet. Where a layer reads masks, the features do not say. */
    static Stream<Arguments> settings() {
        List<Arguments> all = new ArrayList<>();
        for (Missing sign : Missing.values()) {
            for (WorkspaceMode workspaces : List.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)) {
                for (Setting setting :
                        List.of(
                                new Setting("dense", Nets.dense(), Nets.batch(6, 1)),
                                new Setting("sum", Nets.sum(), Nets.batch(6, 2)),
                                new Setting(
                                        "images", UnimodalNets.images(), UnimodalNets.imageBatch()),
                                new Setting(
                                        "sequences",
                                        UnimodalNets.sequences(),
                                        UnimodalNets.maskedSteps()),
                                new Setting(
                                        "one row per step",
                                        rowsAreSteps(),
                                        Nets.sequences(6, 4, 3)))) {
                    if (sign == Missing.MASK && setting.name().equals("images")) {
                        continue; // DL4J's convolutions want masks that images do not have
                    }
                    setting.conf().setTrainingWorkspaceMode(workspaces);
                    setting.conf().setInferenceWorkspaceMode(workspaces);
                    all.add(Arguments.of(sign, setting, workspaces));
                }
            }
        }
        return all.stream();
    }

    private static ComputationGraphConfiguration rowsAreSteps() {
        return Nets.sequenceOutput(
                        Nets.encoders()
                                .setInputTypes(InputType.recurrent(2), InputType.recurrent(3)),
                        "audio_fc",
                        "visual_fc")
                .build();
    }

    @ParameterizedTest(name = "{0}, {1}, workspaces {2}")
    @MethodSource("settings")
    void isThatOfABatchOfThoseAlone(Missing sign, Setting setting, WorkspaceMode workspaces) {
        MultiDataSet batch = sign.in(setting.batch(), AUDIO, VISUAL);
        Map<String, INDArray> actual =
                Gradients.of(Nets.modulated(options(sign), setting.conf()), batch);
        ComputationGraph plain = Nets.init(setting.conf().clone());
        Map<String, INDArray> whole = Gradients.of(plain, Missing.withoutNans(batch));
        for (String modality : List.of("audio", "visual")) {
            boolean[] has = modality.equals("audio") ? AUDIO : VISUAL;
            Map<String, INDArray> some =
                    Gradients.of(plain, Missing.withoutNans(Missing.only(batch, has)));
            for (String name : actual.keySet()) {
                if (name.startsWith(modality) && !name.contains("head")) {
                    INDArray expected = some.get(name).mul(0.3);
                    Compare.close(expected, actual.get(name), RTOL, ATOL, name);
                    assertTrue(expected.amaxNumber().doubleValue() > 1e-3, name);
                }
            }
        }
        for (String name : actual.keySet()) {
            if (name.startsWith("out") || name.contains("head")) {
                Compare.same(whole.get(name), actual.get(name), name + ", which is DL4J's own");
            }
        }
    }

    /** Weights worked out here: z is centred over those that have the modality. */
    @ParameterizedTest(name = "{0}, {1}, workspaces {2}")
    @MethodSource("settings")
    void withNoiseItIsTheWeightedSumOfTheirs(
            Missing sign, Setting setting, WorkspaceMode workspaces) {
        // DL4J refuses a single masked example at a softmax
        boolean single = sign == Missing.MASK && setting.batch().getFeatures(0).rank() == 2;
        boolean[] visual = single ? null : VISUAL;
        MultiDataSet batch = sign.in(setting.batch(), AUDIO, visual);
        ModulatedOptimizer.Builder options =
                ModulatedOptimizer.builder()
                        .rule(rho -> 0.3)
                        .noise(GradientNoise.sgdCovariance().scaledBy(1.7))
                        .seed(5)
                        .missing(sign.option());
        Map<String, INDArray> actual = Gradients.of(Nets.modulated(options, setting.conf()), batch);
        Map<String, INDArray>[] examples =
                Gradients.perExample(Nets.init(setting.conf().clone()), Missing.withoutNans(batch));
        double[][] weights = {weights(0, AUDIO), weights(1, single ? ALL : VISUAL)};
        for (String name : actual.keySet()) {
            if (!name.startsWith("out") && !name.contains("head")) {
                double[] own = weights[name.startsWith("audio") ? 0 : 1];
                INDArray expected = Gradients.weighted(examples, own, name);
                Compare.close(expected, actual.get(name), 1e-11, 1e-13, name);
            }
        }
    }

    private static double[] weights(int modality, boolean[] has) {
        double[] z = CounterGaussian.draw(5, 0, modality, has.length);
        int m = 0;
        double sum = 0;
        for (int i = 0; i < has.length; i++) {
            m += has[i] ? 1 : 0;
            sum += has[i] ? z[i] : 0;
        }
        double[] weights = new double[has.length];
        for (int i = 0; i < has.length; i++) {
            double noise = 1.7 * Math.sqrt(m / (m - 1.0)) * (z[i] - sum / m);
            weights[i] = has[i] ? 0.3 + noise : 0;
        }
        return weights;
    }

    /** Fusions that are scored by zero-out, their rows in blocks, and two ways from one encoder. */
    static Stream<Arguments> fusions() {
        return Stream.of(
                Arguments.of("film", Fusions.film(new Sgd(0.1))),
                Arguments.of("gated", Fusions.gated(new Sgd(0.1))),
                Arguments.of("bilinear", Fusions.bilinear(new Sgd(0.1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fusions")
    void inEveryFusion(String name, ComputationGraphConfiguration conf) {
        compareWithSome(options(Missing.NANS), conf, Nets.batch(6, 3));
    }

    /** Where k acts in updaters the signal loses the rows too. */
    @Test
    void whereTheCoefficientActsInUpdaters() {
        ComputationGraphConfiguration conf = Nets.dense(new Adam(0.01));
        compareWithSome(options(Missing.ZEROS), conf, Nets.batch(6, 3));
    }

    static Stream<Arguments> signals() {
        List<Arguments> all = new ArrayList<>();
        for (UnimodalSignal signal :
                List.of(
                        UnimodalSignal.sum(0.7),
                        UnimodalSignal.replace(2),
                        UnimodalSignal.pareto(),
                        UnimodalSignal.project())) {
            for (ScoreSource source :
                    List.of(ScoreSource.automatic(), ScoreSource.zeroOut(), ScoreSource.probe())) {
                all.add(Arguments.of(signal, source));
            }
        }
        return all.stream();
    }

    /** No example's own signal, nor its part in an inner product. */
    @ParameterizedTest
    @MethodSource("signals")
    void withTheModalitysOwnSignal(UnimodalSignal signal, ScoreSource source) {
        compareWithSome(
                options(Missing.NANS).score(source).unimodal(signal),
                Nets.dense(),
                Nets.batch(6, 4));
        compareWithSome(
                options(Missing.MASK).score(source).unimodal(signal),
                UnimodalNets.sequences(),
                UnimodalNets.maskedSteps());
    }

    /** With noise of its own: the example's weight is 0, not its part in the combination. */
    @ParameterizedTest
    @EnumSource(Missing.class)
    void withItsOwnSignalAndNoise(Missing sign) {
        ModulatedOptimizer.Builder options =
                ModulatedOptimizer.builder()
                        .rule(rho -> 0.3)
                        .seed(5)
                        .missing(sign.option())
                        .unimodal(UnimodalSignal.sum(1));
        MultiDataSet batch = sign.in(Nets.batch(6, 4), AUDIO, null);
        INDArray audio = batch.getFeatures(0);
        MultiDataSet other =
                new MultiDataSet(
                        new INDArray[] {audio, batch.getFeatures(1).dup()},
                        new INDArray[] {batch.getLabels(0).dup()},
                        batch.getFeaturesMaskArrays(),
                        null);
        // an example without audio is another one
        other.getFeatures(1).slice(1).assign(7);
        other.getLabels(0).slice(1).assign(0).putScalar(2, 1);
        INDArray expected =
                Gradients.of(Nets.modulated(options, Nets.dense()), batch).get("audio_fc_W");
        INDArray actual =
                Gradients.of(Nets.modulated(options, Nets.dense()), other).get("audio_fc_W");
        Compare.close(expected, actual, RTOL, ATOL, "audio");
    }

    /** Modulated on the whole batch, and on the examples that have the modality. */
    private static void compareWithSome(
            ModulatedOptimizer.Builder options,
            ComputationGraphConfiguration conf,
            MultiDataSet full) {
        Missing sign = full.getFeaturesMaskArrays() == null ? Missing.NANS : Missing.MASK;
        options.missing(sign.option());
        MultiDataSet batch = sign.in(full, AUDIO, VISUAL);
        Map<String, INDArray> actual = Gradients.of(Nets.modulated(options, conf), batch);
        for (String modality : List.of("audio", "visual")) {
            MultiDataSet some = Missing.only(batch, modality.equals("audio") ? AUDIO : VISUAL);
            Map<String, INDArray> expected = Gradients.of(Nets.modulated(options, conf), some);
            for (String name : expected.keySet()) {
                boolean encoder =
                        name.startsWith(modality + "_fc") || name.startsWith(modality + "_rnn");
                if (encoder || name.startsWith("probe-" + modality)) {
                    Compare.close(expected.get(name), actual.get(name), RTOL, ATOL, name);
                    assertTrue(expected.get(name).amaxNumber().doubleValue() > 1e-4, name);
                }
            }
        }
    }

    @Test
    void anExampleWithoutAnyCountsForNothing() {
        boolean[] has = {true, false, true};
        MultiDataSet batch = Missing.NANS.in(Nets.batch(3, 1), has, has);
        ComputationGraph graph = Nets.modulated(options(Missing.NANS), Nets.dense());
        Map<String, INDArray> actual = Gradients.of(graph, batch);
        ComputationGraph some = Nets.modulated(options(Missing.NANS), Nets.dense());
        Map<String, INDArray> expected = Gradients.of(some, Missing.only(batch, has));
        for (String name : List.of("audio_fc_W", "audio_fc_b", "visual_fc_W", "visual_fc_b")) {
            Compare.close(expected.get(name), actual.get(name), RTOL, ATOL, name);
        }
        var steps = ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
        var others = ModulatedOptimizer.lastModulation(some).orElseThrow().modalities();
        assertEquals(others.get("audio").score(), steps.get("audio").score(), 1e-15);
        assertEquals(others.get("audio").ratio(), steps.get("audio").ratio(), 1e-15);
    }

    /** A batch of one: nothing to compare, nothing to learn for the modality that is not there. */
    @Test
    void aBatchOfOne() {
        MultiDataSet batch = Missing.ZEROS.in(Nets.batch(1, 1), new boolean[] {false}, null);
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().missing(Missing.ZEROS.option()), Nets.dense());
        Map<String, INDArray> actual = Gradients.of(graph, batch);
        Map<String, INDArray> plain = Gradients.of(Nets.init(Nets.dense()), batch);
        assertEquals(0, actual.get("audio_fc_b").amaxNumber().doubleValue());
        Compare.same(plain.get("visual_fc_W"), actual.get("visual_fc_W"), "k = 1, no noise");
        var last = ModulatedOptimizer.lastModulation(graph).orElseThrow();
        assertEquals(0, last.refusedBatches());
        assertEquals(1, last.modalities().get("audio").coefficient());
        assertEquals(1, last.modalities().get("visual").coefficient());
        assertTrue(Double.isNaN(last.modalities().get("audio").score()));
        assertTrue(Double.isNaN(last.modalities().get("visual").ratio()));
        assertTrue(last.modalities().get("visual").score() > 0);
    }
}
