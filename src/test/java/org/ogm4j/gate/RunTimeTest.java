package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.ModulationListener;
import org.ogm4j.ScoreSource;
import org.ogm4j.plan.GateConf;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Logs;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Thrown;

/**
 * What happens while training: what is reported, and what goes on when a batch cannot be modulated.
 */
class RunTimeTest {

    private static final ModulatedOptimizer OPTIMIZER = ModulatedOptimizer.builder().build();

    @Test
    void theListenerGetsEveryStepOfTheWindowAndChangesNothing() {
        ModulatedOptimizer window = ModulatedOptimizer.builder().epochs(0, 1).build();
        List<Modulation> seen = new ArrayList<>();
        ComputationGraph listened = Nets.init(window.modulate(Nets.dense()));
        ComputationGraph alone = Nets.init(window.modulate(Nets.dense()));
        listened.addListeners(new ModulationListener(seen::add));
        for (int step = 0; step < 6; step++) {
            listened.fit(Nets.batch(8, step));
            alone.fit(Nets.batch(8, step));
            if (step % 2 == 1) {
                listened.incrementEpochCount();
                alone.incrementEpochCount();
            }
        }
        assertEquals(List.of(0, 1, 2, 3), seen.stream().map(Modulation::iteration).toList());
        assertEquals(List.of(0, 0, 1, 1), seen.stream().map(Modulation::epoch).toList());
        assertEquals(List.of("audio", "visual"), List.copyOf(seen.get(0).modalities().keySet()));
        Compare.same(alone.params(), listened.params(), "parameters");
        for (Modulation modulation : seen) {
            ModalityStep audio = modulation.modalities().get("audio");
            ModalityStep visual = modulation.modalities().get("visual");
            assertEquals(audio.score() / visual.score(), audio.ratio(), 1e-12 * audio.ratio());
            assertEquals(
                    CoefficientRule.cvpr2022(0.8).coefficient(audio.ratio()), audio.coefficient());
        }
    }

    @Test
    void aPlainNetworkHasNoModulation() {
        ComputationGraph plain = Nets.init(Nets.dense());
        plain.fit(Nets.batch(4, 1));
        assertTrue(ModulatedOptimizer.lastModulation(plain).isEmpty());
    }

    @Test
    void neitherScoresNorNoiseTouchND4JsGenerator() {
        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(Nets.dense()));
        Nd4j.getRandom().setSeed(3);
        double expected = Nd4j.getRandom().nextDouble();
        Nd4j.getRandom().setSeed(3);
        graph.fit(Nets.batch(8, 1));
        assertEquals(expected, Nd4j.getRandom().nextDouble());
    }

    @Test
    void aBatchThatIsNotFiniteTrainsAsThePlainNetworkWouldAndIsSaidOncePerEpoch() {
        MultiDataSet bad = Nets.batch(8, 1);
        bad.getFeatures(0).putScalar(0, 0, Double.NaN);
        ComputationGraph plain = Nets.init(Nets.dense());
        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(Nets.dense()));
        Runnable code =
                () -> {
                    Map<String, INDArray> expected = Gradients.of(plain, bad);
                    Map<String, INDArray> actual = Gradients.of(graph, bad);
                    expected.forEach(
                            (name, gradient) -> Compare.same(gradient, actual.get(name), name));
                    Gradients.of(graph, bad);
                    Gradients.of(graph, Nets.batch(8, 2));
                    graph.incrementEpochCount();
                    Gradients.of(graph, bad);
                    Gradients.of(graph, bad);
                };
        String log = Logs.of(code);
        List<String> warnings =
                log.lines().filter(line -> line.contains("without modulation")).toList();
        assertEquals(2, warnings.size(), log);
        assertTrue(warnings.get(0).contains("Epoch 0, iteration 0: the scores"), log);
        assertTrue(warnings.get(1).contains("; 3 so far"), log);
        ModalityStep audio =
                ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities().get("audio");
        assertTrue(Double.isNaN(audio.score()));
        assertEquals(1, audio.coefficient());
    }

    @Test
    void aGradientThatIsNotFiniteIsLeftAlone() {
        // a head weight of 1.7e308 makes the error signal infinite, while scores are still numbers
        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(Nets.dense()));
        graph.getLayer("out").getParam("W").assign(1.7e308);
        graph.getLayer("out").getParam("W").getColumn(0).assign(-1.7e308);
        MultiDataSet batch = Nets.batch(8, 1);
        batch.getFeatures(0).assign(0);
        batch.getFeatures(1).assign(0);
        String log = Logs.of(() -> Gradients.of(graph, batch));
        assertTrue(log.contains("the gradient at \"concat\" is not finite"), log);
    }

    @Test
    void oneExampleGetsTheCoefficientAndNoNoise() {
        ComputationGraph plain = Nets.init(Nets.dense());
        ComputationGraph graph =
                Nets.modulated(ModulatedOptimizer.builder().rule(rho -> 0.5), Nets.dense());
        MultiDataSet one = Nets.batch(1, 1);
        INDArray expected = Gradients.of(plain, one).get("audio_fc_W").mul(0.5);
        Compare.close(expected, Gradients.of(graph, one).get("audio_fc_W"), 1e-14, "gradient");
    }

    @Test
    void coefficientZeroStopsAnEncoderExactly() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().rule(rho -> 0).noise(GradientNoise.none()),
                        Nets.dense());
        Map<String, INDArray> gradients = Gradients.of(graph, Nets.batch(8, 1));
        assertEquals(0, gradients.get("audio_fc_W").amaxNumber().doubleValue());
        assertTrue(gradients.get("out_W").amaxNumber().doubleValue() > 0);
    }

    @Test
    void noiseOfScaleZeroIsNoNoise() {
        ComputationGraph none =
                Nets.modulated(
                        ModulatedOptimizer.builder().noise(GradientNoise.none()), Nets.dense());
        ComputationGraph zero =
                Nets.modulated(
                        ModulatedOptimizer.builder()
                                .noise(GradientNoise.sgdCovariance().scaledBy(0)),
                        Nets.dense());
        none.fit(Nets.batch(8, 1));
        zero.fit(Nets.batch(8, 1));
        Compare.same(none.params(), zero.params(), "parameters");
    }

    @Test
    void everySeedAndStepHasItsOwnNoise() {
        INDArray one = noisy(1).params();
        assertTrue(Compare.differ(one, noisy(2).params()));
        Compare.same(one, noisy(1).params(), "same seed, same parameters");

        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(Nets.dense()));
        INDArray first = Gradients.of(graph, Nets.batch(8, 1)).get("audio_fc_W");
        INDArray again = Gradients.of(graph, Nets.batch(8, 1)).get("audio_fc_W");
        graph.getConfiguration().setIterationCount(1);
        INDArray next = Gradients.of(graph, Nets.batch(8, 1)).get("audio_fc_W");
        Compare.same(first, again, "same step, same noise");
        assertTrue(Compare.differ(first, next), "next step");
    }

    private static ComputationGraph noisy(long seed) {
        ComputationGraph graph =
                Nets.init(ModulatedOptimizer.builder().seed(seed).build().modulate(Nets.dense()));
        graph.fit(Nets.batch(8, 1));
        return graph;
    }

    @Test
    void aBatchWithAllLabelsMaskedIsNotModulated() {
        MultiDataSet masked = Nets.batch(4, 1);
        masked.setLabelsMaskArray(new INDArray[] {Nd4j.zeros(DataType.DOUBLE, 4, 1)});
        ComputationGraph plain = Nets.init(Nets.dense());
        ComputationGraph graph = Nets.init(OPTIMIZER.modulate(Nets.dense()));
        Map<String, INDArray> expected = Gradients.of(plain, masked);
        Map<String, INDArray> actual = Gradients.of(graph, masked);
        expected.forEach((name, gradient) -> Compare.same(gradient, actual.get(name), name));
    }

    @Test
    void onErrorsFromOutsideSignalsPassThroughAndThisIsSaidOnce() {
        ComputationGraph plain = Nets.init(headless(Nets.dense()));
        ComputationGraph graph = Nets.init(headless(OPTIMIZER.modulate(Nets.dense())));
        INDArray expected = external(plain);
        Runnable code =
                () -> {
                    Compare.same(expected, external(graph), "gradient");
                    Compare.same(expected, external(graph), "gradient");
                };
        String log = Logs.of(code);
        assertEquals(
                1, log.lines().filter(line -> line.contains("trains without labels")).count(), log);
    }

    @Test
    void aProbeWithoutLabelsIsNotTaught() {
        ModulatedOptimizer probing =
                ModulatedOptimizer.builder().score("audio", ScoreSource.probe()).build();
        ComputationGraph plain = Nets.init(headless(Nets.dense()));
        ComputationGraph graph = Nets.init(headless(probing.modulate(Nets.dense())));
        INDArray expected = external(plain);
        external(graph);
        graph.getFlattenedGradients().assign(1); // what another step may have left
        INDArray actual = external(graph);
        INDArray probe = graph.getLayer("probe-audio").getGradientsViewArray();
        assertEquals(Nd4j.zerosLike(probe), probe);
        assertEquals(expected.length() + probe.length(), actual.length());
        assertEquals(
                expected.norm2Number().doubleValue(), actual.norm2Number().doubleValue(), 1e-12);
    }

    /** As reinforcement learning has it: the output layer is cut off, the loss is outside. */
    private static ComputationGraphConfiguration headless(ComputationGraphConfiguration conf) {
        LayerVertex end = (LayerVertex) Nets.dense().getVertices().get("audio_fc").clone();
        DenseLayer layer = (DenseLayer) end.getLayerConf().getLayer();
        layer.setLayerName("out");
        layer.setNIn(11);
        conf.getVertices().put("out", end);
        return conf;
    }

    private static INDArray external(ComputationGraph graph) {
        graph.feedForward(Nets.batch(4, 1).getFeatures(), true, false);
        return graph.backpropGradient(Nd4j.ones(DataType.DOUBLE, 4, 4)).gradient().dup();
    }

    @Test
    void aRuleThatGivesNoCoefficientIsAnError() {
        ComputationGraph graph =
                Nets.modulated(ModulatedOptimizer.builder().rule(rho -> -1), Nets.dense());
        String message =
                Thrown.message(IllegalStateException.class, () -> graph.fit(Nets.batch(4, 1)));
        assertTrue(
                message.startsWith(
                        "coefficient of modality \"audio\" must be at least 0 and finite, got -1.0 from"),
                message);
    }

    @Test
    void aGateThatWasEditedOutIsNoticed() {
        ComputationGraphConfiguration conf = OPTIMIZER.modulate(Nets.dense());
        ComputationGraph whole = Nets.init(conf);
        whole.fit(Nets.batch(4, 1));
        ComputationGraphConfiguration edited = conf.clone();
        GateConf gate = ((GatedVertex) edited.getVertices().get("concat")).gate();
        ModulationPlan plan = gate.plan();
        ModulationPlan twice =
                new ModulationPlan(
                        plan.version(),
                        plan.modalities(),
                        List.of("concat", "audio_fc"),
                        plan.rule(),
                        plan.noise(),
                        0,
                        9,
                        1,
                        plan.shared(),
                        1,
                        false,
                        null,
                        false);
        GateConf two = new GateConf(twice, gate.modalities(), null, gate.state());
        edited.getVertices().put("concat", new GatedVertex(new MergeVertex(), two));
        ComputationGraph graph = Nets.init(edited);
        String message =
                Thrown.message(IllegalStateException.class, () -> graph.fit(Nets.batch(4, 1)));
        assertEquals(
                "gate at vertex \"audio_fc\" must be in the network, got none: the network was edited after it was"
                        + " modulated; call strip, edit, modulate again",
                message);
    }
}
