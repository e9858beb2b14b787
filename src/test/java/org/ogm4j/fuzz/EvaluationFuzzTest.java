package org.ogm4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.UnimodalEvaluation;
import org.ogm4j.UnimodalEvaluation.Quality;
import org.ogm4j.evaluate.Read;
import org.ogm4j.host.Vertices;
import org.ogm4j.testing.Batches;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;

/** Random networks are evaluated: what is read is what training scores, and nothing changes. */
class EvaluationFuzzTest {

    private static final long SEEDS = Long.getLong("fuzz.evaluations", 40);

    private int evaluated;
    private int scored;

    @Test
    void whatMustAlwaysHold() {
        List<String> failures = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Draw draw = new Draw(seed);
            try {
                check(seed, draw);
            } catch (RuntimeException | AssertionError e) {
                failures.add("seed " + seed + ": " + e + " " + draw.chosen());
            }
        }
        System.out.printf("Fuzz: %d evaluated, %d scored%n", evaluated, scored);
        assertEquals(List.of(), failures);
        assertTrue(evaluated > SEEDS / 2, "most must be possible");
        assertTrue(scored > SEEDS / 8, "some must have scores at inference settings");
    }

    private void check(long seed, Draw draw) {
        ComputationGraph graph;
        MultiDataSet batch;
        INDArray[] outputs;
        try {
            RandomNetwork network = RandomNetwork.of(draw);
            ComputationGraphConfiguration conf = network.conf();
            conf.getVertices().values().forEach(Vertices::removeDropout);
            draw.kind("OVER", "FIRST", "LAST", "ALL", "ALL", "LATER");
            ModulatedOptimizer options =
                    RandomOptions.of(draw, network).epochs(0, Integer.MAX_VALUE).build();
            batch = new RandomBatches(draw, network, seed).batch(0);
            graph = Nets.init(options.modulate(conf));
            INDArray noise = Nets.gaussian(new Random(seed), graph.numParams()).muli(0.1);
            graph.params().addi(noise.castTo(graph.params().dataType())); // biases start at 0
            outputs = graph.output(false, batch.getFeatures(), batch.getFeaturesMaskArrays(), null);
        } catch (RuntimeException dl4jOrRefused) {
            return;
        }
        INDArray parameters = graph.params().dup();
        boolean masked = batch.getLabelsMaskArrays() != null;
        UnimodalEvaluation found = null;
        try {
            found = ModulatedOptimizer.evaluate(graph, new Batches(List.of(batch)));
        } catch (IllegalArgumentException none) {
            assertTrue(masked && none.getMessage().contains("at least one"), none.getMessage());
        } catch (ArithmeticException nan) {
            return;
        }
        Compare.same(parameters, graph.params(), "parameters");
        evaluated++;
        if (found != null && batch.getLabelsMaskArrays() == null) {
            fusedIsWhatTheNetworkOutputs(graph, batch, outputs, found);
        }
        scoresAreThoseOfTraining(draw, graph, batch);
    }

    private static void fusedIsWhatTheNetworkOutputs(
            ComputationGraph graph,
            MultiDataSet batch,
            INDArray[] outputs,
            UnimodalEvaluation found) {
        for (String output : found.outputs().keySet()) {
            Quality fused = found.outputs().get(output).fused();
            int index = graph.getConfiguration().getNetworkOutputs().indexOf(output);
            INDArray labels = batch.getLabels(index);
            if (fused == null || !fused.toString().contains("labels=null, numbers=null")) {
                continue;
            }
            INDArray truth = labels.size(1) == 1 ? labels : labels.argMax(1);
            double[] right = truth.castTo(DataType.DOUBLE).dup('c').data().asDouble();
            double[] answer =
                    outputs[index].argMax(1).castTo(DataType.DOUBLE).dup('c').data().asDouble();
            int hits = 0;
            for (int i = 0; i < right.length; i++) {
                hits += right[i] == answer[i] ? 1 : 0;
            }
            boolean all = fused.classes().getNumRowCounter() == right.length;
            assertTrue(all || batch.getFeaturesMaskArrays() != null, "rows of " + output);
            if (all) {
                assertEquals(hits / (double) right.length, fused.accuracy(), 1e-12, output);
            }
        }
    }

    private void scoresAreThoseOfTraining(Draw draw, ComputationGraph graph, MultiDataSet batch) {
        boolean segments = draw.chosen().contains("truncated");
        boolean norm = graph.getConfiguration().toJson().contains("BatchNormalization");
        if (segments || norm || graph.getConfiguration().getDataType() != DataType.DOUBLE) {
            return;
        }
        double[] read = Read.scores(graph, batch);
        Nd4j.getRandom().setSeed(1);
        try {
            Gradients.of(graph, batch);
        } catch (RuntimeException dl4j) {
            return;
        }
        ModulatedOptimizer.lastModulation(graph)
                .ifPresent(
                        last -> {
                            double[] trained =
                                    last.modalities().values().stream()
                                            .mapToDouble(ModalityStep::score)
                                            .toArray();
                            assertArrayEquals(trained, read, 1e-12, "scores");
                            scored++;
                        });
    }
}
