package org.ogm4j.drop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.PredictionModulation;
import org.ogm4j.math.CounterGaussian;
import org.ogm4j.plan.DropRates;
import org.ogm4j.plan.TrainingState;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Reference;

/**
 * How often what is dropped. Bounds of statistics are 5 standard errors: a false alarm has
 * probability 5.7e-7 in each of the 7 comparisons for a random seed, and the seed is fixed.
 */
class FeatureDropTest {

    private static final int EXAMPLES = 50;
    private static final int STEPS = 2000;

    private final TrainingState state = new TrainingState();

    private FeatureDrop drop(double probability, int audio, int visual) {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder()
                                .dropFeatures(
                                        PredictionModulation.opm(0.5, 0.5)
                                                .withProbability(probability)),
                        Fusions.classified(
                                Nets.base()
                                        .graphBuilder()
                                        .addInputs("audio", "visual")
                                        .addLayer("audio_fc", Nets.layer(audio), "audio")
                                        .addLayer("visual_fc", Nets.layer(visual), "visual")
                                        .addVertex(
                                                "concat",
                                                new MergeVertex(),
                                                "audio_fc",
                                                "visual_fc"),
                                "concat"));
        graph.setInputs(
                Nd4j.zeros(DataType.DOUBLE, EXAMPLES, 5), Nd4j.zeros(DataType.DOUBLE, EXAMPLES, 6));
        return new FeatureDrop(
                graph, Rewrite.planOf(graph.getConfiguration()).orElseThrow(), state);
    }

    private FeatureDrop drop(double probability) {
        return drop(probability, 4, 7);
    }

    private static void goTo(FeatureDrop drop, int step) {
        drop.graph().getConfiguration().setIterationCount(step);
    }

    @Test
    void examplesAreDroppedAtTheirRate() {
        FeatureDrop drop = drop(1);
        double[] q = {0.69, 0.2};
        int[] dropped = new int[2];
        int both = 0;
        double[] noise = new double[2];
        for (int step = 1; step <= STEPS; step++) {
            goTo(drop, step);
            state.hold(new DropRates(step - 1, List.of(q[0], q[1]), 0.4));
            double[] audio = drop.factors(drop.rates(), "audio");
            double[] visual = drop.factors(drop.rates(), "visual");
            double[] z = CounterGaussian.draw(drop.plan().seed(), step, 0, EXAMPLES);
            for (int i = 0; i < EXAMPLES; i++) {
                assertEquals(audio[i] == 0 ? 0 : 1 / 0.6, audio[i], 1e-15);
                dropped[0] += audio[i] == 0 ? 1 : 0;
                dropped[1] += visual[i] == 0 ? 1 : 0;
                both += audio[i] == 0 && visual[i] == 0 ? 1 : 0;
                noise[audio[i] == 0 ? 0 : 1] += z[i];
            }
        }
        int n = EXAMPLES * STEPS;
        assertBinomial(q[0], dropped[0], n);
        assertBinomial(q[1], dropped[1], n);
        assertBinomial(q[0] * q[1], both, n);
        assertEquals(0, noise[0], 5 * Math.sqrt(dropped[0]), "noise of what is dropped");
        assertEquals(0, noise[1], 5 * Math.sqrt(n - dropped[0]), "noise of what is kept");
    }

    /** Without pictures these examples have sound alone: they keep it, the others drop as ever. */
    @Test
    void anExampleKeepsTheLastThatItHas() {
        FeatureDrop drop = drop(1);
        goTo(drop, 1);
        state.hold(new DropRates(0, List.of(0.9, 0.0), 0.4));
        double[] all = drop.factors(drop.rates(), "audio");
        INDArray pictures = Nd4j.ones(DataType.DOUBLE, EXAMPLES, 1);
        for (int i = 0; i < EXAMPLES / 2; i++) {
            pictures.putScalar(i, 0, 0);
        }
        drop.graph().setLayerMaskArrays(new INDArray[] {null, pictures}, null);
        double[] some = drop.factors(drop.rates(), "audio");
        int saved = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            assertEquals(i < EXAMPLES / 2 ? 1 / 0.6 : all[i], some[i], 1e-15, "example " + i);
            saved += all[i] == some[i] ? 0 : 1;
        }
        assertTrue(saved > 10, saved + " would have lost all");
    }

    @Test
    void batchesAreModulatedWithTheirProbability() {
        for (double probability : new double[] {0.7, 0.1}) {
            FeatureDrop drop = drop(probability);
            int modulated = 0;
            for (int step = 1; step <= 20_000; step++) {
                goTo(drop, step);
                state.hold(new DropRates(step - 1, List.of(0.5, 0.0), 0.2));
                modulated += drop.rates() == null ? 0 : 1;
            }
            assertBinomial(probability, modulated, 20_000);
        }
    }

    private static void assertBinomial(double p, int count, int n) {
        assertEquals(p * n, count, 5 * Math.sqrt(n * p * (1 - p)));
    }

    /** A step that runs again does not see the ratios that it left itself. */
    @Test
    void ratesAreOfTheStepBefore() {
        FeatureDrop drop = drop(1);
        goTo(drop, 5);
        assertNull(drop.rates(), "no step before");
        DropRates before = new DropRates(4, List.of(0.5, 0.0), 0.2);
        state.hold(before);
        assertEquals(before, drop.rates());
        state.hold(new DropRates(5, List.of(0.0, 0.6), 0.2));
        assertEquals(before, drop.rates());
        DropRates again = new DropRates(5, List.of(0.0, 0.7), 0.3);
        state.hold(again);
        assertEquals(before, drop.rates());
        goTo(drop, 6);
        assertEquals(again, drop.rates());
        drop.hold(null);
        assertEquals(again, drop.rates());
        goTo(drop, 7);
        assertNull(drop.rates(), "the step before had no ratios");
    }

    @Test
    void thetaEqualsTheReference() {
        JsonNode reference = Reference.cases("prediction_modulation.json").get(0);
        double[] q = Reference.vector(reference.get("q"));
        double[] d = Reference.vector(reference.get("widths"));
        FeatureDrop drop = drop(1, (int) d[0], (int) d[1]);
        drop.graph().feedForward(Nets.batch(3, 1).getFeatures(), false, false);
        Map<String, ModalityStep> steps = new LinkedHashMap<>();
        steps.put("audio", new ModalityStep(0.5, 1, 2, 1, 1, 0, ModalityStep.Signals.NONE));
        steps.put("visual", new ModalityStep(0.25, 1, 0.5, 1, 1, 0, ModalityStep.Signals.NONE));
        drop.hold(new Modulation(0, 0, steps, 0));
        DropRates rates = state.dropIn(1);
        assertArrayEquals(
                q, rates.rates().stream().mapToDouble(Double::doubleValue).toArray(), 1e-15);
        assertEquals(reference.get("theta").asDouble(), rates.theta(), 1e-15);
    }

    /** Two gates of a modality drop the same examples, whoever asks first. */
    @Test
    void drawsDependOnNothingElse() {
        FeatureDrop drop = drop(1);
        goTo(drop, 1);
        state.hold(new DropRates(0, List.of(0.5, 0.5), 0.5));
        Nd4j.getRandom().setSeed(3);
        INDArray random = Nd4j.rand(3);
        Nd4j.getRandom().setSeed(3);
        double[] audio = drop.factors(drop.rates(), "audio");
        drop.factors(drop.rates(), "visual");
        assertArrayEquals(audio, drop.factors(drop.rates(), "audio"));
        Compare.same(random, Nd4j.rand(3), "ND4J's stream");
    }
}
