package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.AdamVariant;
import org.ogm4j.BalanceRule;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Dl4jUpdaters;
import org.ogm4j.testing.FixedRule;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.SeenSteps;
import org.ogm4j.testing.Thrown;
import org.ogm4j.testing.UnimodalNets;

/** Rules in training: k by hand, from the network's own activations, times the plain gradient. */
class BalanceRuleStepTest {

    private static final List<String> NAMES = List.of("audio", "visual", "text");
    private static final Map<String, Double> FAST = Map.of("audio", 1.5, "visual", 2.5);

    private static ModulatedOptimizer.Builder quiet(BalanceRule rule) {
        return ModulatedOptimizer.builder().rule(rule).noise(GradientNoise.none());
    }

    /** What the logits of one modality say: score, log score, entropy, in plain loops. */
    private static double[] byHand(double[][] logits, int[] labels) {
        double[] measures = new double[3];
        for (int i = 0; i < labels.length; i++) {
            double total = 0;
            for (double z : logits[i]) {
                total += Math.exp(z);
            }
            for (int c = 0; c < logits[i].length; c++) {
                double p = Math.exp(logits[i][c]) / total;
                measures[0] += c == labels[i] ? p : 0;
                measures[1] += c == labels[i] ? Math.log(p) : 0;
                measures[2] -= p * Math.log(p);
            }
        }
        for (int j = 0; j < 3; j++) {
            measures[j] /= labels.length;
        }
        return measures;
    }

    /** Measures by modality: features times their rows of W, and their share of b. */
    private static double[][] byHand(ComputationGraph plain, MultiDataSet batch, int modalities) {
        Map<String, INDArray> features = plain.feedForward(batch.getFeatures(), false);
        double[][] w = plain.getParam("out_W").toDoubleMatrix();
        double[] b = plain.getParam("out_b").reshape(-1).toDoubleVector();
        double[][] measures = new double[modalities][];
        int from = 0;
        for (int u = 0; u < modalities; u++) {
            double[][] x = features.get(NAMES.get(u) + "_fc").toDoubleMatrix();
            double[][] logits = new double[x.length][b.length];
            for (int i = 0; i < x.length; i++) {
                for (int c = 0; c < b.length; c++) {
                    logits[i][c] = b[c] / modalities;
                    for (int d = 0; d < x[i].length; d++) {
                        logits[i][c] += x[i][d] * w[from + d][c];
                    }
                }
            }
            from += x[0].length;
            measures[u] = byHand(logits, batch.getLabels(0).argMax(1).toIntVector());
        }
        return measures;
    }

    /** The formulas of the javadoc, term by term. */
    private static double[] expected(BalanceRule rule, double[][] now, double[][] mean, int epoch) {
        int modalities = now.length;
        double[] k = new double[modalities];
        for (int u = 0; u < modalities; u++) {
            if (rule instanceof BalanceRule.Agm agm) {
                double r = 1;
                double tau = 1;
                for (int v = 0; v < modalities; v++) {
                    r *= Math.exp((now[u][1] - now[v][1]) / (modalities - 1));
                    tau *= Math.exp((mean[u][1] - mean[v][1]) / (modalities - 1));
                }
                k[u] = Math.exp(agm.alpha() * (tau - r));
            } else if (rule instanceof BalanceRule.WeakestFirst) {
                int place = 0; // of window 0 to 3 the first two epochs, in M - 1 stages
                for (int v = 0; v < modalities; v++) {
                    place += mean[v][0] < mean[u][0] ? 1 : 0;
                }
                int stage = modalities == 2 ? 0 : epoch;
                k[u] = epoch >= 2 || place == stage ? 1 : 0;
            } else if (rule instanceof BalanceRule.InverseEntropy) {
                double inverse = 0;
                for (int v = 0; v < modalities; v++) {
                    inverse += now[u][2] / now[v][2];
                }
                k[u] = modalities / inverse; // no entropy is at the floor, or the test fails
            } else {
                double rho = 0;
                for (int v = 0; v < modalities; v++) {
                    rho += v == u ? 0 : now[u][0] / now[v][0] / (modalities - 1);
                }
                k[u] = rho > 1 ? Math.max(0, 1 - 0.7 * Math.tanh(rho - 1)) : 1;
                k[u] = rule instanceof CoefficientRule ? k[u] : 1;
            }
        }
        return k;
    }

    static Stream<BalanceRule> rules() {
        return Stream.of(
                BalanceRule.agm(1.3),
                BalanceRule.weakestFirst(),
                BalanceRule.inverseEntropy(),
                CoefficientRule.tpami2024(0.7),
                BalanceRule.none());
    }

    /** Eight steps, two in every epoch of a window of four. */
    @ParameterizedTest
    @MethodSource("rules")
    void everyStepIsKTimesThePlainGradient(BalanceRule rule) {
        for (int modalities = 2; modalities <= 3; modalities++) {
            ComputationGraph graph =
                    Nets.modulated(
                            quiet(rule).epochs(0, 3),
                            modalities == 2 ? Nets.dense() : UnimodalNets.many(3));
            double[][] sums = new double[modalities][3];
            for (int step = 0; step < 8; step++) {
                MultiDataSet batch = batch(modalities, step);
                ComputationGraph plain = ModulatedOptimizer.strip(graph);
                double[][] now = byHand(plain, batch, modalities);
                double[][] mean = new double[modalities][3];
                for (int u = 0; u < modalities; u++) {
                    for (int j = 0; j < 3; j++) {
                        mean[u][j] = step == 0 ? now[u][j] : sums[u][j] / step;
                        sums[u][j] += now[u][j];
                    }
                }
                double[] k = expected(rule, now, mean, step / 2);
                assertKTimes(plain, graph, batch, k, rule + ", step " + step);
                graph.fit(batch);
                assertCoefficients(graph, k, rule);
                if (step % 2 == 1) {
                    graph.incrementEpochCount();
                }
            }
        }
    }

    private static MultiDataSet batch(int modalities, int step) {
        MultiDataSet batch = modalities == 2 ? Nets.batch(6, step) : UnimodalNets.manyBatch(3);
        batch.getFeatures(0).addi(0.1 * step);
        return batch;
    }

    private static void assertKTimes(
            ComputationGraph plain,
            ComputationGraph graph,
            MultiDataSet batch,
            double[] k,
            String what) {
        Map<String, INDArray> expected = Gradients.of(plain, batch);
        Map<String, INDArray> actual = Gradients.of(graph, batch);
        for (String name : expected.keySet()) {
            int u = NAMES.indexOf(name.substring(0, name.indexOf('_')));
            INDArray scaled = expected.get(name).mul(u < 0 ? 1 : k[u]);
            Compare.close(scaled, actual.get(name), 1e-12, 1e-16, what + " " + name);
        }
    }

    private static void assertCoefficients(ComputationGraph graph, double[] k, BalanceRule rule) {
        Map<String, ModalityStep> step =
                ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities();
        for (int u = 0; u < k.length; u++) {
            assertEquals(k[u], step.get(NAMES.get(u)).coefficient(), 1e-12, rule + " " + step);
            assertEquals(1, step.get(NAMES.get(u)).momentCoefficient());
        }
    }

    /** Above 1, on the finished step; p is 1, so Adam's variant takes k times its own step. */
    @Test
    void aFactorAboveOneSpeedsUpEveryAdaptiveUpdater() {
        List<IUpdater> updaters = new ArrayList<>(Dl4jUpdaters.adaptive().toList());
        updaters.add(new Sgd(0.1));
        for (IUpdater updater : updaters) {
            ComputationGraphConfiguration conf = Nets.dense(updater);
            AdamVariant off = AdamVariant.off();
            ComputationGraph plain = Nets.init(conf);
            ComputationGraph fast = quiet(new FixedRule(FAST)).adam(off).build().modulate(plain);
            INDArray before = plain.getParam("visual_fc_W").dup();
            INDArray head = plain.getParam("out_W").dup();
            plain.fit(Nets.batch(6, 1));
            fast.fit(Nets.batch(6, 1));
            Compare.close(
                    plain.getParam("visual_fc_W").sub(before).mul(2.5),
                    fast.getParam("visual_fc_W").sub(before),
                    1e-9,
                    1e-14,
                    updater.toString());
            assertTrue(Compare.differ(head, fast.getParam("out_W")));
            Compare.same(plain.getParam("out_W"), fast.getParam("out_W"), "head");
        }
    }

    /** With a rule that is no function of a ratio p is off, and so is its memory. */
    @Test
    void theAdamVariantHasNoP() {
        ComputationGraphConfiguration conf = Nets.dense(new Adam(0.01));
        ModulatedOptimizer fixed = quiet(new FixedRule(FAST)).build();
        ComputationGraphConfiguration modulated = fixed.modulate(conf);
        assertFalse(modulated.toJson().contains("HeadUpdater"), "memory of the head's gradient");
        assertTrue(quiet(rho()).build().modulate(conf).toJson().contains("HeadUpdater"));
        String described = fixed.describe(conf);
        assertTrue(described.contains("Adam variant, p = 1"), described);
        assertTrue(
                described.contains(
                        "p = 1 on the first moment, since the rule is no function of a ratio"),
                described);
        assertTrue(described.contains("rule FixedRule"), described);

        // the same as a rule of the ratio whose p is switched off
        ModulatedOptimizer withoutP =
                quiet(CoefficientRule.cvpr2022(0.8))
                        .adam(AdamVariant.standard().withoutMomentCoefficient())
                        .build();
        BalanceRule same = step -> CoefficientRule.cvpr2022(0.8).coefficients(step);
        ComputationGraph expected = Nets.init(withoutP.modulate(conf));
        ComputationGraph actual = Nets.init(quiet(same).build().modulate(conf));
        for (int step = 0; step < 5; step++) {
            expected.fit(Nets.batch(6, step));
            actual.fit(Nets.batch(6, step));
        }
        Compare.same(expected.params(), actual.params(), "parameters");
    }

    private static BalanceRule rho() {
        return CoefficientRule.cvpr2022(0.8);
    }

    /**
     * Every token of a trunk has an owner here, so that k = 1.5 for both is 1.5 times the whole.
     */
    @Test
    void aFactorAboveOneActsInTrunks() {
        ComputationGraph plain = Nets.init(Fusions.selfAttention(new Sgd(0.1)));
        BalanceRule rule = new FixedRule(Map.of("audio", 1.5, "visual", 1.5));
        ComputationGraph fast = quiet(rule).trunk(true).build().modulate(plain);
        MultiDataSet batch = Fusions.tokenBatch(5, 3);
        Map<String, INDArray> expected = Gradients.of(plain, batch);
        Map<String, INDArray> actual = Gradients.of(fast, batch);
        for (String name : expected.keySet()) {
            double k = name.startsWith("out") ? 1 : 1.5;
            Compare.close(expected.get(name).mul(k), actual.get(name), 1e-10, 1e-14, name);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void outsideTheWindowTrainingIsPlainAndNothingIsCounted(BalanceRule rule) {
        for (IUpdater updater : List.of(new Sgd(0.1), new RmsProp(0.01))) {
            ComputationGraph plain = Nets.init(Nets.dense(updater));
            ComputationGraph graph =
                    ModulatedOptimizer.builder().rule(rule).epochs(1, 4).build().modulate(plain);
            for (int step = 0; step < 4; step++) {
                plain.fit(Nets.batch(6, step));
                graph.fit(Nets.batch(6, step));
            }
            Compare.same(plain.params(), graph.params(), rule.toString());
            assertFalse(graph.getConfiguration().toJson().contains("\"means\""), "state");
        }
    }

    /** Zero-out, attention, recurrent fusion, four modalities, half precision, one example. */
    @ParameterizedTest
    @MethodSource("rules")
    void everyNetworkTrainsWithEveryRule(BalanceRule rule) {
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder().rule(rule).epochs(0, 3).scoreEvery(2).build();
        for (var fusion : Fusions.all(new Sgd(0.1)).entrySet()) {
            train(
                    Nets.init(optimizer.modulate(fusion.getValue())),
                    Fusions.batchFor(fusion.getKey(), 4, 1));
        }
        train(Nets.init(optimizer.modulate(UnimodalNets.many(4))), UnimodalNets.manyBatch(4));
        train(Nets.init(optimizer.modulate(UnimodalNets.sequences())), UnimodalNets.maskedSteps());
        for (DataType type : List.of(DataType.valueOf("HALF"), DataType.FLOAT)) {
            var conf = Nets.dense(Nets.base(new Adam(0.01, 0.9, 0.999, 1e-3)).dataType(type));
            train(Nets.init(optimizer.modulate(conf)), Nets.batch(1, 1, type));
        }
    }

    private static void train(ComputationGraph graph, MultiDataSet batch) {
        for (int step = 0; step < 4; step++) {
            graph.fit(batch);
        }
        assertFalse(graph.params().isNaN().any());
        assertEquals(0, ModulatedOptimizer.lastModulation(graph).orElseThrow().refusedBatches());
    }

    /** All that a rule may see, against the same by hand. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatARuleSees(int every) {
        SeenSteps seen = new SeenSteps();
        ComputationGraph graph =
                Nets.modulated(quiet(seen).scoreEvery(every).epochs(2, 7), Nets.dense());
        graph.getConfiguration().setEpochCount(3);
        double[][] held = null;
        List<double[][]> scored = new ArrayList<>();
        for (int step = 0; step < 7; step++) {
            MultiDataSet batch = Nets.batch(6, step);
            double[][] now = byHand(ModulatedOptimizer.strip(graph), batch, 2);
            List<double[][]> before = List.copyOf(scored);
            if (step % every == 0) {
                held = now;
                scored.add(now);
            }
            graph.fit(batch);
            BalanceRule.Step last = seen.last();
            assertEquals(step, last.iteration());
            assertEquals(3, last.epoch());
            assertEquals(2, last.firstEpoch());
            assertEquals(7, last.lastEpoch());
            assertEquals(List.of("audio", "visual"), List.copyOf(last.modalities().keySet()));
            for (int u = 0; u < 2; u++) {
                BalanceRule.Modality m = last.modalities().get(NAMES.get(u));
                assertEquals(held[u][0] / held[1 - u][0], m.ratio(), 1e-12);
                assertMeasures(held[u], m.now());
                double[] mean = before.isEmpty() ? held[u] : mean(before, u);
                assertMeasures(mean, m.mean());
            }
        }
        assertEquals(7, seen.all().size());
    }

    private static double[] mean(List<double[][]> batches, int u) {
        return IntStream.range(0, 3)
                .mapToDouble(j -> batches.stream().mapToDouble(b -> b[u][j]).average().orElse(0))
                .toArray();
    }

    private static void assertMeasures(double[] expected, BalanceRule.Measures actual) {
        double[] found = {actual.score(), actual.logScore(), actual.entropy()};
        Compare.close(expected, found, 1e-12, 0, "score, log score, entropy");
    }

    /** A step that is computed again, as by a line search, counts once. */
    @Test
    void aStepThatIsComputedTwiceCountsOnce() {
        SeenSteps seen = new SeenSteps();
        ComputationGraph graph = Nets.modulated(quiet(seen), Nets.dense());
        graph.fit(Nets.batch(6, 0));
        for (int again = 0; again < 3; again++) {
            Gradients.of(graph, Nets.batch(6, 1));
        }
        for (BalanceRule.Step step : seen.all().subList(1, 4)) {
            assertEquals(
                    seen.all().get(0).modalities().get("audio").now(),
                    step.modalities().get("audio").mean());
        }
    }

    /** A batch that is not modulated enters no mean. */
    @Test
    void aBadBatchDoesNotCount() {
        SeenSteps seen = new SeenSteps();
        ComputationGraph graph = Nets.modulated(quiet(seen), Nets.dense());
        graph.fit(Nets.batch(6, 0));
        MultiDataSet bad = Nets.batch(6, 1);
        bad.getFeatures(1).putScalar(0, 0, Double.POSITIVE_INFINITY); // behind tanh: 1
        Gradients.of(graph, bad);
        graph.getConfiguration().setIterationCount(2);
        graph.fit(Nets.batch(6, 2));
        assertEquals(2, seen.all().size());
        assertEquals(
                seen.all().get(0).modalities().get("visual").now(),
                seen.last().modalities().get("visual").mean());
    }

    @Test
    void ofTheRatioNothingElseIsKept() {
        for (BalanceRule rule : List.of(CoefficientRule.cvpr2022(0.8), BalanceRule.none())) {
            ComputationGraph graph = Nets.modulated(quiet(rule), Nets.dense());
            String before = state(graph);
            graph.fit(Nets.batch(6, 0));
            graph.fit(Nets.batch(6, 1));
            assertEquals(before, state(graph));
        }
        ComputationGraph agm = Nets.modulated(quiet(BalanceRule.agm(1)), Nets.dense());
        String before = state(agm);
        agm.fit(Nets.batch(6, 0));
        assertNotEquals(before, state(agm));
    }

    private static String state(ComputationGraph graph) {
        String json = graph.getConfiguration().toJson();
        return json.substring(json.indexOf("\"state\""), json.indexOf("\"underlying\""));
    }

    @Test
    void rulesThatGiveNoCoefficients() {
        Map<String, Double> lacking = new HashMap<>();
        lacking.put("audio", null);
        lacking.put("visual", 1.0);
        Map<String, Double> unknown = new LinkedHashMap<>();
        for (String name : new String[] {"audio", "visual", "smell"}) {
            unknown.put(name, 1.0);
        }
        assertThrown("coefficients must be of the modalities [audio, visual], got null", null);
        assertThrown("got [visual] from the rule", Map.of("visual", 1.0));
        assertThrown("got [audio, visual, smell] from the rule", unknown);
        String must = "coefficient of modality \"audio\" must be at least 0 and finite, got ";
        assertThrown(must + "null from the rule", lacking);
        for (double k : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrown(must + k + " from the rule", Map.of("audio", k, "visual", 1.0));
        }
    }

    private static void assertThrown(String expected, Map<String, Double> k) {
        ComputationGraph graph = Nets.modulated(quiet((BalanceRule.Step step) -> k), Nets.dense());
        String message =
                Thrown.message(IllegalStateException.class, () -> graph.fit(Nets.batch(6, 1)));
        assertTrue(message.contains(expected), message);
    }

    /** An implicit lambda is a rule of the ratio, as it always was. */
    @Test
    void lambdasOfBothKinds() {
        ComputationGraph half =
                Nets.modulated(ModulatedOptimizer.builder().rule(ratio -> 0.5), Nets.dense());
        half.fit(Nets.batch(6, 1));
        ComputationGraph fast =
                Nets.modulated(
                        ModulatedOptimizer.builder().rule((BalanceRule.Step step) -> FAST),
                        Nets.dense());
        fast.fit(Nets.batch(6, 1));
        assertCoefficients(half, new double[] {0.5, 0.5}, CoefficientRule.cvpr2022(1));
        assertCoefficients(fast, new double[] {1.5, 2.5}, BalanceRule.none());
    }
}
