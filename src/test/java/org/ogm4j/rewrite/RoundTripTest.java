package org.ogm4j.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;

class RoundTripTest {

    private static final ModulatedOptimizer OPTIMIZER =
            ModulatedOptimizer.builder()
                    .modality("sound", "audio")
                    .modality("sight", "visual")
                    .rule(CoefficientRule.tpami2024(0.7))
                    .noise(GradientNoise.sgdCovariance().scaledBy(0.5))
                    .epochs(0, 3)
                    .seed(-7)
                    .build();

    /** A rule of a user's own, as a public record. */
    public record Reciprocal(double floor) implements CoefficientRule {
        @Override
        public double coefficient(double ratio) {
            return ratio > 1 ? Math.max(floor, 1 / ratio) : 1;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void jsonGivesTheSameConfigurationBack(boolean concat) {
        ComputationGraphConfiguration conf = OPTIMIZER.modulate(concat ? Nets.dense() : Nets.sum());
        ComputationGraphConfiguration back = ComputationGraphConfiguration.fromJson(conf.toJson());
        assertEquals(conf, back);
        assertEquals(conf.hashCode(), back.hashCode());
        assertEquals(conf.toJson(), back.toJson());
        assertEquals(conf, ComputationGraphConfiguration.fromYaml(conf.toYaml()));
        assertEquals(conf, conf.clone());
        ComputationGraphConfiguration other =
                ModulatedOptimizer.builder().build().modulate(concat ? Nets.dense() : Nets.sum());
        assertFalse(conf.equals(other), "other settings make another configuration");
    }

    @Test
    void aRuleOfTheUsersOwnIsSavedIfItIsARecord() {
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder().rule(new Reciprocal(0.1)).build();
        ComputationGraphConfiguration conf = optimizer.modulate(Nets.dense());
        assertEquals(conf, ComputationGraphConfiguration.fromJson(conf.toJson()));
    }

    @Test
    void aLambdaCannotBeSavedAndTheMessageSaysWhatCan() {
        ComputationGraphConfiguration conf =
                ModulatedOptimizer.builder().rule(rho -> 1).build().modulate(Nets.dense());
        String message = assertThrows(RuntimeException.class, conf::toJson).getMessage();
        assertTrue(
                message.contains(
                        "rule must be a named class to be written to JSON, got the lambda"),
                message);
        assertTrue(message.contains("a public record that implements CoefficientRule"), message);
        Nets.init(conf).fit(Nets.batch(4, 1));
    }

    @Test
    void jsonThatLacksWhatItNeedsIsRefused() {
        String json = OPTIMIZER.modulate(Nets.dense()).toJson();
        assertRefused(
                json.replace("\"alpha\" : 0.7", "\"beta\" : 1"),
                "alpha must be positive and finite, got 0.0");
        assertRefused(json.replace("\"noise\"", "\"boise\""), "noise");
        String hostile = json.replace("org.ogm4j.CoefficientRule$Tpami2024", "java.util.ArrayList");
        assertRefused(hostile, "ArrayList");
    }

    private static void assertRefused(String json, String expected) {
        RuntimeException thrown =
                assertThrows(
                        RuntimeException.class, () -> ComputationGraphConfiguration.fromJson(json));
        assertTrue(
                thrown.toString().contains(expected)
                        || String.valueOf(thrown.getCause()).contains(expected),
                thrown.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trainingResumedFromAFileEqualsUnbrokenTraining(boolean concat, @TempDir Path folder)
            throws IOException {
        ComputationGraphConfiguration conf =
                concat ? Nets.dense(new Nesterovs(0.05, 0.9)) : Nets.sum();
        ComputationGraph unbroken = Nets.init(OPTIMIZER.modulate(conf));
        ComputationGraph first = Nets.init(OPTIMIZER.modulate(conf));
        train(unbroken, 0, 9);
        train(first, 0, 4);
        File file = folder.resolve("network.zip").toFile();
        ModelSerializer.writeModel(first, file, true);
        ComputationGraph resumed = ModelSerializer.restoreComputationGraph(file, true);
        train(resumed, 4, 9);
        Compare.same(unbroken.params(), resumed.params(), "parameters");
        assertEquals(
                ModulatedOptimizer.lastModulation(unbroken),
                ModulatedOptimizer.lastModulation(resumed),
                "modulation");

        ComputationGraph cloned = Nets.init(OPTIMIZER.modulate(conf));
        train(cloned, 0, 4);
        cloned = cloned.clone();
        // DL4J's clone forgets the counters, on which the noise depends
        cloned.getConfiguration().setIterationCount(4);
        cloned.getConfiguration().setEpochCount(2);
        train(cloned, 4, 9);
        Compare.same(unbroken.params(), cloned.params(), "parameters of a clone");
    }

    @Test
    void aStrippedConfigurationIsThePlainOneToTheLastCharacter() {
        ComputationGraphConfiguration conf = Nets.dense();
        assertEquals(conf.toJson(), Rewrite.strip(OPTIMIZER.modulate(conf)).toJson());
    }

    @Test
    void modulateAndStripOnATrainedNetworkKeepParametersStateAndCounters() {
        ComputationGraph plain = Nets.init(Nets.dense(new Nesterovs(0.05, 0.9)));
        train(plain, 0, 4);
        INDArray before = plain.params().dup();
        ComputationGraph modulated = OPTIMIZER.modulate(plain);
        assertSameTraining(plain, modulated);
        train(modulated, 4, 6);
        Compare.same(before, plain.params(), "the argument stays as it is");

        ComputationGraph stripped = ModulatedOptimizer.strip(modulated);
        assertSameTraining(modulated, stripped);
        assertFalse(stripped.getConfiguration().toJson().contains("ogm4j"));
        assertInstanceOf(
                MergeVertex.class, stripped.getConfiguration().getVertices().get("concat"));
        assertTrue(
                stripped.getVertex("concat")
                        .getClass()
                        .getName()
                        .startsWith("org.deeplearning4j."));
        MultiDataSet batch = Nets.batch(8, 77);
        Compare.same(
                modulated.outputSingle(batch.getFeatures()),
                stripped.outputSingle(batch.getFeatures()),
                "inference");
        // outside the window the two train on alike
        modulated.getConfiguration().setEpochCount(9);
        train(modulated, 6, 8);
        train(stripped, 6, 8);
        Compare.same(modulated.params(), stripped.params(), "parameters");
    }

    private static void assertSameTraining(ComputationGraph a, ComputationGraph b) {
        Compare.same(a.params(), b.params(), "parameters");
        Compare.same(a.updaterState(), b.updaterState(), "momentum");
        assertEquals(a.getIterationCount(), b.getIterationCount());
        assertEquals(a.getEpochCount(), b.getEpochCount());
    }

    private static void train(ComputationGraph graph, int from, int to) {
        for (int step = from; step < to; step++) {
            graph.fit(Nets.batch(8, step));
            if (step % 2 == 1) {
                graph.incrementEpochCount();
            }
        }
    }
}
