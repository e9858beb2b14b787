package org.ogm4j.presence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.GradientNoise;
import org.ogm4j.MissingModality;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ModulationListener;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Missing;
import org.ogm4j.testing.Nets;

/** Who is there, in networks and batches of every kind. */
class PresenceTest {

    private static final boolean[] AUDIO = {true, false, true, true, false, true};
    private static final boolean[] VISUAL = {true, true, false, true, false, true};

    private static Map<String, ModalityStep> last(ComputationGraph graph) {
        return ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
    }

    private static ModulatedOptimizer.Builder nans() {
        return ModulatedOptimizer.builder().missing(MissingModality.nans());
    }

    /** Scores of single examples, from batches of one in which nothing is missing. */
    private static double[] alone(
            ComputationGraphConfiguration conf, MultiDataSet batch, String modality) {
        ComputationGraph graph = Nets.modulated(ModulatedOptimizer.builder(), conf);
        double[] scores = new double[(int) batch.getFeatures(0).size(0)];
        for (int i = 0; i < scores.length; i++) {
            Gradients.of(graph, Gradients.example(batch, i));
            scores[i] = last(graph).get(modality).score();
        }
        return scores;
    }

    private static double mean(double[] scores, boolean[]... has) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < scores.length; i++) {
            int example = i;
            boolean all = Arrays.stream(has).allMatch(own -> own == null || own[example]);
            sum += all ? scores[i] : 0;
            count += all ? 1 : 0;
        }
        return sum / count;
    }

    private static double ratio(double[] u, double[] v, boolean[]... has) {
        return mean(u, has) / mean(v, has);
    }

    private static ComputationGraphConfiguration three() {
        return Nets.base()
                .graphBuilder()
                .addInputs("audio", "visual", "text")
                .addLayer("audio_fc", Nets.layer(4), "audio")
                .addLayer("visual_fc", Nets.layer(7), "visual")
                .addLayer("text_fc", Nets.layer(3), "text")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc", "text_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(
                        InputType.feedForward(5),
                        InputType.feedForward(6),
                        InputType.feedForward(4))
                .build();
    }

    private static MultiDataSet threeBatch() {
        MultiDataSet two = Nets.batch(6, 5);
        return new MultiDataSet(
                new INDArray[] {
                    two.getFeatures(0), two.getFeatures(1), Nets.gaussian(new Random(1), 6, 4)
                },
                two.getLabels());
    }

    /** The ratios that the formula gives, from scores of examples by themselves. */
    @ParameterizedTest
    @EnumSource(Missing.class)
    void ratiosOfThreeModalities(Missing sign) {
        boolean[] text = {false, true, true, false, true, false};
        MultiDataSet full = threeBatch();
        double[] a = alone(three(), full, "audio");
        double[] v = alone(three(), full, "visual");
        double[] t = alone(three(), full, "text");
        ComputationGraph graph =
                Nets.modulated(ModulatedOptimizer.builder().missing(sign.option()), three());
        Gradients.of(graph, sign.in(full, AUDIO, VISUAL, text));
        Map<String, ModalityStep> steps = last(graph);
        assertEquals(mean(a, AUDIO), steps.get("audio").score(), 1e-12);
        assertEquals(mean(v, VISUAL), steps.get("visual").score(), 1e-12);
        assertEquals(mean(t, text), steps.get("text").score(), 1e-12);
        double av = ratio(a, v, AUDIO, VISUAL);
        double at = ratio(a, t, AUDIO, text);
        double vt = ratio(v, t, VISUAL, text);
        assertEquals((av + at) / 2, steps.get("audio").ratio(), 1e-12);
        assertEquals((1 / av + vt) / 2, steps.get("visual").ratio(), 1e-12);
        assertEquals((1 / at + 1 / vt) / 2, steps.get("text").ratio(), 1e-12);
    }

    /** Text is in no example with another modality: k = 1, and the others are a pair. */
    @Test
    void aModalityWithoutAPair() {
        boolean[] none = new boolean[6];
        ComputationGraph graph =
                Nets.modulated(nans().rule(rho -> 0.3).noise(GradientNoise.none()), three());
        Gradients.of(graph, Missing.NANS.in(threeBatch(), null, null, none));
        Map<String, ModalityStep> steps = last(graph);
        assertEquals(1, steps.get("text").coefficient());
        assertTrue(Double.isNaN(steps.get("text").ratio()));
        assertEquals(0.3, steps.get("audio").coefficient());
        assertEquals(
                steps.get("audio").score() / steps.get("visual").score(),
                steps.get("audio").ratio(),
                1e-15);
        assertEquals(0, ModulatedOptimizer.lastModulation(graph).orElseThrow().refusedBatches());
    }

    /** A masked label row gives no score; one without any label refuses the batch, as ever. */
    @Test
    void labelMasksStillAct() {
        MultiDataSet full = Nets.batch(6, 5);
        double[] a = alone(Nets.dense(), full, "audio");
        double[] v = alone(Nets.dense(), full, "visual");
        boolean[] labelled = {true, true, true, false, true, true};
        INDArray mask = Nd4j.ones(DataType.DOUBLE, 6, 1);
        mask.putScalar(3, 0, 0);
        MultiDataSet batch = Missing.NANS.in(full, AUDIO, null);
        batch.setLabelsMaskArray(new INDArray[] {mask});
        ComputationGraph graph = Nets.modulated(nans(), Nets.dense());
        Gradients.of(graph, batch);
        assertEquals(mean(a, AUDIO, labelled), last(graph).get("audio").score(), 1e-12);
        assertEquals(mean(v, labelled), last(graph).get("visual").score(), 1e-12);
        assertEquals(ratio(a, v, AUDIO, labelled), last(graph).get("audio").ratio(), 1e-12);
        batch.setLabelsMaskArray(new INDArray[] {Nd4j.zeros(DataType.DOUBLE, 6, 1)});
        Gradients.of(graph, batch);
        assertEquals(0, ModulatedOptimizer.lastModulation(graph).orElseThrow().refusedBatches());
        assertEquals(1, last(graph).get("audio").coefficient());
    }

    /** Each output's scores, then the mean, then the pairs. */
    @Test
    void severalOutputs() {
        GraphBuilder builder =
                Nets.encoders()
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .addLayer(
                                "value",
                                new OutputLayer.Builder(LossFunction.MSE)
                                        .activation(Activation.IDENTITY)
                                        .nOut(2)
                                        .build(),
                                "concat")
                        .setOutputs("out", "value")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        MultiDataSet one = Nets.batch(6, 5);
        MultiDataSet full =
                new MultiDataSet(
                        one.getFeatures(),
                        new INDArray[] {one.getLabels(0), Nets.gaussian(new Random(2), 6, 2)});
        ComputationGraph graph =
                Nets.modulated(nans().noise(GradientNoise.none()), builder.build());
        ComputationGraph some = Nets.modulated(nans().noise(GradientNoise.none()), builder.build());
        boolean[] both = {true, false, false, true, false, true};
        // an example without any modality has no part in tau
        Gradients.of(graph, Missing.NANS.in(full, both, both));
        Gradients.of(some, Missing.only(full, both));
        for (String modality : List.of("audio", "visual")) {
            ModalityStep expected = last(some).get(modality);
            assertEquals(expected.score(), last(graph).get(modality).score(), 1e-14);
            assertEquals(expected.ratio(), last(graph).get(modality).ratio(), 1e-14);
        }
    }

    /** A modality of two inputs is absent where both are; each input's NaN are zeros to the net. */
    @ParameterizedTest
    @EnumSource(Missing.class)
    void aModalityOfTwoInputs(Missing sign) {
        ComputationGraphConfiguration conf = three();
        ModulatedOptimizer.Builder options =
                ModulatedOptimizer.builder()
                        .modality("sound", "audio", "text")
                        .modality("sight", "visual")
                        .missing(sign.option())
                        .rule(rho -> 0.3)
                        .noise(GradientNoise.none());
        boolean[] text = {true, false, false, true, true, true};
        boolean[] sound = {true, false, true, true, true, true};
        MultiDataSet batch = sign.in(threeBatch(), AUDIO, null, text);
        Map<String, INDArray> actual = Gradients.of(Nets.modulated(options, conf), batch);
        ComputationGraph plain = Nets.init(conf.clone());
        Map<String, INDArray> some =
                Gradients.of(plain, Missing.withoutNans(Missing.only(batch, sound)));
        for (String name : List.of("audio_fc_W", "audio_fc_b", "text_fc_W", "text_fc_b")) {
            Compare.close(some.get(name).mul(0.3), actual.get(name), 1e-12, 1e-14, name);
        }
        Map<String, INDArray> all = Gradients.of(plain, Missing.withoutNans(batch));
        Compare.close(
                all.get("visual_fc_W").mul(0.3), actual.get("visual_fc_W"), 1e-12, 1e-14, "sight");
    }

    /** A probe learns from the examples that have its modality, inside the window and outside. */
    @ParameterizedTest
    @EnumSource(Missing.class)
    void probesDoNotLearnFromTheOthers(Missing sign) {
        boolean[] visual = sign == Missing.MASK ? null : VISUAL;
        for (int window = 0; window < 2; window++) {
            ModulatedOptimizer.Builder options =
                    ModulatedOptimizer.builder()
                            .missing(sign.option())
                            .score(ScoreSource.probe().through(Nets.layer(3)))
                            .epochs(window, 9);
            MultiDataSet batch = sign.in(Nets.batch(6, 5), AUDIO, visual);
            Map<String, INDArray> actual =
                    Gradients.of(Nets.modulated(options, Nets.dense()), batch);
            Map<String, INDArray> some =
                    Gradients.of(Nets.modulated(options, Nets.dense()), Missing.only(batch, AUDIO));
            int probes = 0;
            for (String name : actual.keySet()) {
                if (name.startsWith("probe-audio")) {
                    Compare.close(some.get(name), actual.get(name), 1e-12, 1e-14, name);
                    assertTrue(actual.get(name).amaxNumber().doubleValue() > 1e-4);
                    probes++;
                }
            }
            assertEquals(4, probes);
        }
    }

    @Test
    void aProbeWithNobodyToLearnFrom() {
        for (int examples : new int[] {1, 2}) {
            ComputationGraph graph =
                    Nets.modulated(nans().score(ScoreSource.probe()), Nets.dense());
            boolean[] none = new boolean[examples];
            INDArray audio = graph.getParam("probe-audio_W").dup();
            INDArray visual = graph.getParam("probe-visual_W").dup();
            graph.fit(Missing.NANS.in(Nets.batch(examples, 1), none, null));
            Compare.same(audio, graph.getParam("probe-audio_W"), "audio");
            assertTrue(Compare.differ(visual, graph.getParam("probe-visual_W")));
        }
    }

    /** Labels of each step, with a mask of their own and none. */
    @Test
    void aProbeOnStepsWithLabels() {
        for (boolean masked : new boolean[] {false, true}) {
            MultiDataSet full = Nets.sequences(6, 4, 1);
            if (masked) {
                INDArray mask = Nd4j.ones(DataType.DOUBLE, 6, 4);
                mask.putScalar(0, 3, 0);
                full.setLabelsMaskArray(new INDArray[] {mask});
            }
            ModulatedOptimizer.Builder options = nans().score(ScoreSource.probe());
            ComputationGraphConfiguration conf = Nets.recurrent(new Sgd(0.1)).build();
            MultiDataSet batch = Missing.NANS.in(full, AUDIO, VISUAL);
            INDArray actual =
                    Gradients.of(Nets.modulated(options, conf), batch).get("probe-audio_W");
            INDArray some =
                    Gradients.of(Nets.modulated(options, conf), Missing.only(batch, AUDIO))
                            .get("probe-audio_W");
            Compare.close(some, actual, 1e-12, 1e-14, "probe");
        }
    }

    /**
     * p compares the pair on the labels of the examples that have both: as if the labels of the
     * others were masked. The head's gradient of the step before is the same in both.
     */
    @Test
    void thePOfTheAdamVariantIsOfPairs() {
        boolean[] both = {true, false, false, true, false, true};
        List<Double> found = new ArrayList<>();
        for (int way = 0; way < 3; way++) {
            ComputationGraph graph =
                    Nets.modulated(nans().rule(rho -> 1 / rho), Nets.dense(new Adam(1e-12)));
            graph.fit(Nets.batch(64, 3));
            MultiDataSet batch = Nets.batch(6, 9);
            if (way == 0) {
                batch = Missing.NANS.in(batch, AUDIO, VISUAL);
            } else if (way == 1) {
                INDArray mask = Nd4j.zeros(DataType.DOUBLE, 6, 1);
                for (int i = 0; i < 6; i++) {
                    mask.putScalar(i, 0, both[i] ? 1 : 0);
                }
                batch.setLabelsMaskArray(new INDArray[] {mask});
            }
            graph.fit(batch);
            Map<String, ModalityStep> steps = last(graph);
            String leader = steps.get("audio").ratio() > 1 ? "audio" : "visual";
            found.add(steps.get(leader).momentCoefficient());
        }
        assertEquals(found.get(1), found.get(0), 1e-12);
        assertTrue(Math.abs(found.get(2) - found.get(0)) > 1e-3, found + ": p has to act");
        assertTrue(found.get(0) != 1, found.toString());
    }

    /** A segment in which the mask is 0 throughout lacks the modality, whatever comes later. */
    @Test
    void segmentsOfTruncatedBackpropagation() {
        ComputationGraphConfiguration conf =
                Nets.recurrent(new Sgd(0.1))
                        .backpropType(BackpropType.TruncatedBPTT)
                        .tBPTTLength(3)
                        .build();
        MultiDataSet batch = Nets.sequences(4, 6, 1);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, 4, 6);
        mask.get(NDArrayIndex.point(1), NDArrayIndex.interval(0, 3)).assign(0);
        batch.setFeaturesMaskArrays(new INDArray[] {mask, null});
        List<Double> scores = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        ComputationGraph graph =
                Nets.modulated(ModulatedOptimizer.builder().noise(GradientNoise.none()), conf);
        graph.setListeners(
                new ModulationListener(
                        step -> {
                            scores.add(step.modalities().get("audio").score());
                            ratios.add(step.modalities().get("audio").ratio());
                        }));
        graph.fit(batch);
        // the first segment as a batch of its own
        ComputationGraph other =
                Nets.modulated(ModulatedOptimizer.builder(), Nets.recurrent(new Sgd(0.1)).build());
        MultiDataSet segment = segment(batch);
        Gradients.of(other, segment);
        assertEquals(last(other).get("audio").score(), scores.get(0), 1e-12);
        assertEquals(last(other).get("audio").ratio(), ratios.get(0), 1e-12);
        boolean[] has = {true, false, true, true};
        Gradients.of(other, Missing.only(segment, has));
        assertEquals(last(other).get("audio").score(), scores.get(0), 1e-12);
        assertEquals(2, ratios.size());
        assertTrue(Double.isFinite(graph.params().sumNumber().doubleValue()));
    }

    private static MultiDataSet segment(MultiDataSet batch) {
        return new MultiDataSet(
                new INDArray[] {first(batch.getFeatures(0)), first(batch.getFeatures(1))},
                new INDArray[] {first(batch.getLabels(0))},
                new INDArray[] {
                    batch.getFeaturesMaskArrays()[0]
                            .get(NDArrayIndex.all(), NDArrayIndex.interval(0, 3))
                            .dup(),
                    null
                },
                null);
    }

    private static INDArray first(INDArray array) {
        return array.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, 3)).dup();
    }

    /** The presence of a network without masks and options costs a look at two fields. */
    @Test
    void nobodyIsAskedWithoutMasksAndOptions() {
        ComputationGraph graph = Nets.modulated(ModulatedOptimizer.builder(), Nets.dense());
        PresencePlan plan = new PresencePlan(List.of("audio"), MissingModality.masks());
        assertArrayEquals(
                new boolean[][] {null, null}, Presence.of(graph, Arrays.asList(plan, null)));
    }
}
