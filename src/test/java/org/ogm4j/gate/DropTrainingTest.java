package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.AdamVariant;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.ModulationListener;
import org.ogm4j.PredictionModulation;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.drop.FeatureDrop;
import org.ogm4j.math.CounterGaussian;
import org.ogm4j.math.RowWeights;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.DroppedNets;
import org.ogm4j.testing.DroppedNets.Factors;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;

/** What dropping features does in training, and what it leaves as it is. */
class DropTrainingTest {

    private static final PredictionModulation ALWAYS =
            PredictionModulation.opm(0.5, 0.5).withProbability(1);

    private static ModulatedOptimizer.Builder opm() {
        return ModulatedOptimizer.builder().dropFeatures(ALWAYS);
    }

    /** Drops, and does nothing else. */
    private static ModulatedOptimizer.Builder alone() {
        return opm().rule(ratio -> 1).noise(GradientNoise.none());
    }

    private static Map<String, ModalityStep> last(ComputationGraph graph) {
        return ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
    }

    private static double rate(Map<String, ModalityStep> step) {
        return step.values().stream().mapToDouble(ModalityStep::dropRate).sum();
    }

    private static ComputationGraph trained(ComputationGraphConfiguration conf) {
        ComputationGraph graph = Nets.init(conf);
        Nd4j.getRandom().setSeed(4);
        Resuming.train(graph, 0, 6);
        return graph;
    }

    @Test
    void offIsOffAndOutsideTheWindowToo() {
        ComputationGraphConfiguration conf = Nets.dense(new Nesterovs(0.1, 0.9));
        ModulatedOptimizer none =
                ModulatedOptimizer.builder().dropFeatures(PredictionModulation.none()).build();
        ModulatedOptimizer unset = ModulatedOptimizer.builder().build();
        assertEquals(unset.modulate(conf).toJson(), none.modulate(conf).toJson());
        ComputationGraph plain = trained(conf.clone());
        ComputationGraph later = trained(opm().epochs(1, 2).build().modulate(conf));
        Compare.same(plain.params(), later.params(), "outside the window");
        ComputationGraph on = trained(opm().build().modulate(conf));
        ComputationGraph without = trained(unset.modulate(conf));
        assertTrue(Compare.differ(on.params(), without.params()));
        assertFalse(without.getConfiguration().toJson().contains("\"drop\""), "plan and state");
        assertTrue(on.getConfiguration().toJson().contains("\"drop\""), "plan and state");
    }

    /** The first batch of the window has no ratio of a step before. */
    @Test
    void actsInTheWindowFromItsSecondStepOn() {
        ComputationGraph graph = Nets.modulated(opm().epochs(1, 1), Nets.dense());
        List<Boolean> dropped = new ArrayList<>();
        graph.addListeners(
                new ModulationListener(step -> dropped.add(rate(step.modalities()) > 0)));
        for (int epoch = 0; epoch < 2; epoch++) {
            Resuming.train(graph, 0, 3);
            graph.incrementEpochCount();
        }
        assertEquals(List.of(false, true, true), dropped);
        ComputationGraph plain = ModulatedOptimizer.strip(graph);
        Resuming.train(graph, 0, 3);
        Resuming.train(plain, 0, 3);
        Compare.same(plain.params(), ModulatedOptimizer.strip(graph).params(), "after it");
    }

    @Test
    void inferenceIsThePlainNetworks() {
        for (String fusion : Fusions.all(new Sgd(0.1)).keySet()) {
            ComputationGraph graph = Nets.modulated(opm(), Fusions.all(new Sgd(0.1)).get(fusion));
            MultiDataSet batch = Fusions.batchFor(fusion, 6, 1);
            for (int step = 0; step < 3; step++) {
                graph.fit(batch);
            }
            ComputationGraph plain = ModulatedOptimizer.strip(graph);
            assertTrue(rate(last(graph)) > 0, fusion);
            Compare.same(
                    plain.output(batch.getFeatures())[0],
                    graph.output(batch.getFeatures())[0],
                    fusion);
            assertEquals(plain.score(batch), graph.score(batch), fusion);
            assertEquals(plain.score(batch, false), graph.score(batch, false), fusion);
            graph.output(true, batch.getFeatures()); // as in training, and its traces are gone
            Compare.same(
                    plain.output(batch.getFeatures())[0],
                    graph.output(batch.getFeatures())[0],
                    fusion + ", after a pass in training mode");
        }
    }

    /** q of a step follows from the ratio that the step before measured. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void ratesFollowTheRatiosOfTheStepBefore(int scoreEvery) {
        ComputationGraph graph =
                Nets.modulated(
                        opm().scoreEvery(scoreEvery)
                                .dropFeatures(PredictionModulation.opm(0.5, 0.5)),
                        Nets.dense());
        List<Modulation> steps = new ArrayList<>();
        graph.addListeners(new ModulationListener(steps::add));
        Resuming.train(graph, 0, 60);
        int alone = 0;
        for (int t = 1; t < steps.size(); t++) {
            for (String modality : List.of("audio", "visual")) {
                double ratio = steps.get(t - 1).modalities().get(modality).ratio();
                double rate = steps.get(t).modalities().get(modality).dropRate();
                assertEquals(rate == 0 ? 0 : ALWAYS.dropRate(ratio), rate, 1e-15);
            }
            alone += rate(steps.get(t).modalities()) == 0 ? 1 : 0;
        }
        // binomial, 59 draws at 0.3: outside of this with probability 3e-6
        assertTrue(alone >= 4 && alone <= 36, "batches left alone: " + alone);
    }

    /** A batch that cannot be scored is dropped from, and the one after it is not. */
    @Test
    void afterABatchWithoutScoresNothingIsDropped() {
        ComputationGraph graph = Nets.modulated(alone(), Nets.dense());
        MultiDataSet good = Nets.batch(8, 1);
        MultiDataSet unlabelled = Nets.batch(8, 1);
        unlabelled.setLabelsMaskArray(new INDArray[] {Nd4j.zeros(DataType.DOUBLE, 8, 1)});
        List<Boolean> dropped = new ArrayList<>();
        for (MultiDataSet batch : List.of(good, good, unlabelled, good, good)) {
            graph.fit(batch);
            dropped.add(rate(last(graph)) > 0);
        }
        assertEquals(List.of(false, true, true, false, true), dropped);
    }

    @Test
    void savedAndLoadedIsUnbroken(@TempDir Path folder) throws Exception {
        List<ModulatedOptimizer.Builder> options =
                List.of(
                        opm(),
                        opm().dropFeatures(PredictionModulation.opm(0.3, 2)),
                        opm().scoreEvery(3),
                        opm().score(ScoreSource.probe()).unimodal(UnimodalSignal.sum(1)),
                        opm().score(ScoreSource.zeroOut()).unimodal(UnimodalSignal.pareto()),
                        opm().noise(GradientNoise.moments()),
                        opm().noise(GradientNoise.tensorStd()));
        for (ModulatedOptimizer.Builder option : options) {
            Resuming.assertEqualsUnbroken(
                    option.build().modulate(Nets.dense(new Nesterovs(0.05, 0.9))), folder);
        }
        Resuming.assertEqualsUnbroken(opm().build().modulate(Nets.dense(new Adam(0.01))), folder);
    }

    /**
     * The clone of a network, which DL4J lets count from 0 again, goes on with the ratios it has.
     */
    @Test
    void aCloneKeepsTheRatios() {
        ComputationGraph graph = trained(opm().build().modulate(Nets.dense()));
        ComputationGraph clone = graph.clone();
        clone.fit(Nets.batch(8, 1));
        assertTrue(rate(last(clone)) > 0);
        Resuming.train(graph, 0, 1);
        assertTrue(rate(last(graph)) > 0, "and shares nothing with it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"head rows", "zero-out", "probe"})
    void unimodalSignalsAreOfTheFeaturesAsTheyWere(String source) {
        ScoreSource scores =
                switch (source) {
                    case "head rows" -> ScoreSource.head();
                    case "zero-out" -> ScoreSource.zeroOut();
                    default -> ScoreSource.probe();
                };
        ModulatedOptimizer.Builder builder =
                alone().score(scores).unimodal(UnimodalSignal.replace(2));
        ComputationGraph dropping = Nets.modulated(builder, Nets.dense());
        ComputationGraph without =
                Nets.modulated(builder.dropFeatures(PredictionModulation.none()), Nets.dense());
        for (int step = 0; step < 2; step++) {
            dropping.getConfiguration().setIterationCount(step);
            Map<String, INDArray> expected = Gradients.of(without, Nets.batch(8, 1));
            Map<String, INDArray> actual = Gradients.of(dropping, Nets.batch(8, 1));
            for (String name : expected.keySet()) {
                if (step == 0 || !name.startsWith("out")) {
                    Compare.same(expected.get(name), actual.get(name), name);
                } else {
                    assertTrue(Compare.differ(expected.get(name), actual.get(name)), name);
                }
            }
            assertEquals(step > 0, rate(last(dropping)) > 0);
        }
    }

    /** A modality's own output learns from all its features, and so do they from it. */
    @Test
    void ownOutputsKeepTheirFeatures() {
        ComputationGraphConfiguration conf =
                Nets.encoders()
                        .addLayer("audio_head", Nets.linear(), "audio_fc")
                        .addLayer("audio_out", Nets.loss(), "audio_head")
                        .addLayer("visual_out", Nets.output(), "visual_fc")
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("audio_out", "visual_out", "out")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        ComputationGraph plain = Nets.init(conf);
        ComputationGraph graph = alone().head("audio", "audio_head").build().modulate(plain);
        MultiDataSet batch = Nets.batch(8, 1);
        INDArray labels = batch.getLabels(0);
        batch.setLabels(new INDArray[] {labels, labels, labels});
        Gradients.of(graph, batch);
        graph.getConfiguration().setIterationCount(1);
        Map<String, INDArray> expected = Gradients.of(plain, batch);
        Map<String, INDArray> actual = Gradients.of(graph, batch);
        assertTrue(rate(last(graph)) > 0);
        for (String name : List.of("audio_head_W", "visual_out_W", "visual_out_b")) {
            Compare.same(expected.get(name), actual.get(name), name);
        }
        assertTrue(Compare.differ(expected.get("out_W"), actual.get("out_W")));
    }

    /** A reshape made three rows of each example: all of them go. */
    @Test
    void allRowsOfAnExampleAreDropped() {
        ComputationGraphConfiguration conf = RowsOfExamplesTest.parts().setOutputs("out").build();
        ComputationGraph plain = Nets.init(conf);
        ComputationGraph graph = alone().seed(1).build().modulate(plain);
        MultiDataSet batch = RowsOfExamplesTest.batch(conf);
        Gradients.of(graph, batch);
        Map<String, IntUnaryOperator> exampleOf = new LinkedHashMap<>();
        exampleOf.put("audio_fc", row -> row / 3);
        exampleOf.put("visual_frames", row -> row / 3);
        List<String> ends = List.copyOf(exampleOf.keySet());
        Map<String, INDArray> features = DroppedNets.features(plain, batch, ends);
        boolean some = false;
        for (int step = 1; step < 5; step++) {
            graph.getConfiguration().setIterationCount(step);
            Map<String, Double> ratios = new LinkedHashMap<>();
            last(graph).forEach((modality, m) -> ratios.put(modality, m.ratio()));
            Map<String, Long> widths = new LinkedHashMap<>();
            widths.put("audio", features.get("audio_fc").length());
            widths.put("visual", features.get("visual_frames").length());
            Factors factors = Factors.of(1, step, 4, 0.5, 0.5, ratios, widths);
            Map<String, double[]> ofRows = new LinkedHashMap<>();
            for (String end : ends) {
                String modality = end.substring(0, end.indexOf('_'));
                double[] rows = new double[12];
                Arrays.setAll(rows, row -> factors.byModality().get(modality)[row / 3]);
                ofRows.put(end, rows);
                some |= factors.dropped(modality) > 0;
            }
            Map<String, INDArray> expected =
                    Gradients.of(
                            DroppedNets.network(plain, ends),
                            DroppedNets.batch(batch, features, ofRows));
            Map<String, INDArray> actual = Gradients.of(graph, batch);
            expected.forEach((name, g) -> Compare.close(g, actual.get(name), 1e-12, 1e-13, name));
        }
        assertTrue(some);
    }

    /** k and the noise act on the error signal that the dropped features give. */
    @Test
    void coefficientAndNoiseComeAfter() {
        CoefficientRule rule = ratio -> ratio > 1 ? 0.25 : 1;
        ComputationGraph plain = Nets.init(Nets.dense());
        MultiDataSet batch = Nets.batch(8, 1);
        Map<String, INDArray> ofDrop = second(alone().build().modulate(plain), batch);
        ComputationGraph slowed =
                opm().rule(rule).noise(GradientNoise.none()).build().modulate(plain);
        Map<String, INDArray> ofBoth = second(slowed, batch);
        for (String modality : List.of("audio", "visual")) {
            double k = last(slowed).get(modality).coefficient();
            String name = modality + "_fc_W";
            Compare.close(ofDrop.get(name).mul(k), ofBoth.get(name), 1e-12, 1e-15, name);
        }
        // the same row weights, on the gradients of the examples that the multiplying network has
        ComputationGraph noisy = opm().rule(rule).build().modulate(plain);
        Map<String, INDArray> ofAll = second(noisy, batch);
        Map<String, double[]> ofEnds = new LinkedHashMap<>();
        FeatureDrop drop =
                new FeatureDrop(
                        noisy,
                        Modulator.planOf(noisy),
                        ((HasGate) noisy.getVertex("concat")).gate().state());
        for (String modality : List.of("audio", "visual")) {
            ofEnds.put(modality + "_fc", drop.factors(drop.rates(), modality));
        }
        List<String> ends = List.copyOf(ofEnds.keySet());
        Map<String, INDArray>[] examples =
                Gradients.perExample(
                        DroppedNets.network(plain, ends),
                        DroppedNets.batch(batch, DroppedNets.features(plain, batch, ends), ofEnds));
        for (int u = 0; u < 2; u++) {
            String modality = List.of("audio", "visual").get(u);
            double k = last(noisy).get(modality).coefficient();
            double[] z = CounterGaussian.draw(ModulatedOptimizer.DEFAULT_SEED, 1, u, 8);
            String name = modality + "_fc_W";
            Compare.close(
                    Gradients.weighted(examples, RowWeights.of(k, 1, z), name),
                    ofAll.get(name),
                    1e-12,
                    1e-14,
                    name);
        }
    }

    private static Map<String, INDArray> second(ComputationGraph graph, MultiDataSet batch) {
        Gradients.of(graph, batch);
        graph.getConfiguration().setIterationCount(1);
        return Gradients.of(graph, batch);
    }

    /** Every segment is a step: it draws anew, from the ratio of the segment before. */
    @Test
    void truncatedBackpropagation() {
        ComputationGraph graph =
                Nets.modulated(
                        opm(),
                        Nets.recurrent(new Sgd(0.1))
                                .backpropType(BackpropType.TruncatedBPTT)
                                .tBPTTLength(4)
                                .build());
        List<Modulation> steps = new ArrayList<>();
        graph.addListeners(new ModulationListener(steps::add));
        graph.fit(Nets.sequences(4, 12, 1));
        graph.fit(Nets.sequences(4, 12, 2));
        assertEquals(6, steps.size());
        for (int t = 1; t < 6; t++) {
            for (String modality : List.of("audio", "visual")) {
                double ratio = steps.get(t - 1).modalities().get(modality).ratio();
                double rate = steps.get(t).modalities().get(modality).dropRate();
                assertEquals(ALWAYS.dropRate(ratio), rate, 1e-15);
            }
        }
    }

    /** The norm of the head's gradient is measured against the features that it is of. */
    @Test
    void theMomentCoefficientIsOfWhatEntered() {
        ComputationGraph plain = Nets.init(Nets.dense(new Adam(1e-12)));
        ComputationGraph graph =
                ModulatedOptimizer.builder()
                        .rule(ratio -> 1 / ratio)
                        .adam(AdamVariant.standard())
                        .dropFeatures(ALWAYS)
                        .build()
                        .modulate(plain);
        MultiDataSet batch = Nets.batch(16, 1);
        graph.fit(batch);
        Map<String, Double> ratios = new LinkedHashMap<>();
        last(graph).forEach((modality, m) -> ratios.put(modality, m.ratio()));
        graph.fit(batch);
        graph.fit(batch);
        List<String> ends = List.of("audio_fc", "visual_fc");
        Map<String, INDArray> features = DroppedNets.features(plain, batch, ends);
        Map<String, Long> widths = new LinkedHashMap<>(Map.of("audio", 4L));
        widths.put("visual", 7L);
        Factors factors =
                Factors.of(ModulatedOptimizer.DEFAULT_SEED, 1, 16, 0.5, 0.5, ratios, widths);
        Map<String, double[]> ofEnds = new LinkedHashMap<>();
        factors.byModality().forEach((modality, f) -> ofEnds.put(modality + "_fc", f));
        INDArray gradient =
                Gradients.of(
                                DroppedNets.network(plain, ends),
                                DroppedNets.batch(batch, features, ofEnds))
                        .get("out_W");
        Map<String, Double> pull = new LinkedHashMap<>();
        int row = 0;
        for (String end : ends) {
            INDArray left = features.get(end).dup();
            left.muliColumnVector(Nd4j.createFromArray(ofEnds.get(end)).reshape(16, 1));
            double length = left.norm2Number().doubleValue();
            double sum = 0;
            for (int i = 0; i < 16; i++) {
                int y = batch.getLabels(0).getRow(i).argMax().getInt(0);
                double squares = 0;
                for (int r = row; r < row + left.size(1); r++) {
                    squares += Math.pow(gradient.getDouble(r, y), 2);
                }
                sum += Math.sqrt(squares);
            }
            pull.put(end, sum / length);
            row += (int) left.size(1);
        }
        double rho = pull.get("visual_fc") / pull.get("audio_fc");
        boolean visualLeads = last(graph).get("visual").ratio() > 1;
        String leader = visualLeads ? "visual" : "audio";
        double p = visualLeads ? 1 / rho : rho;
        assertTrue(factors.dropped(leader) > 0 && factors.dropped(leader) < 16);
        assertEquals(p, last(graph).get(leader).momentCoefficient(), 1e-6 * p);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HALF", "FLOAT", "DOUBLE"})
    void oddBatchesAndTypes(String type) {
        DataType dataType = DataType.valueOf(type);
        ComputationGraph graph =
                Nets.modulated(opm(), Nets.dense(Nets.base(new Sgd(0.1)).dataType(dataType)));
        boolean dropped = false;
        for (int step = 0; step < 10; step++) {
            graph.fit(Nets.batch(step % 2 == 0 ? 1 : 5, step, dataType));
            dropped |= rate(last(graph)) > 0;
            double sum = graph.params().castTo(DataType.DOUBLE).sumNumber().doubleValue();
            assertTrue(Double.isFinite(sum));
        }
        assertTrue(dropped);
    }

    /** A trunk has gates that no features pass, and its layers see what the others leave. */
    @Test
    void trunks() {
        ComputationGraph graph =
                Nets.modulated(opm().trunk(true), Fusions.selfAttention(new Sgd(0.1)));
        for (int step = 0; step < 4; step++) {
            graph.fit(Fusions.tokenBatch(6, step));
        }
        assertTrue(rate(last(graph)) > 0);
    }
}
