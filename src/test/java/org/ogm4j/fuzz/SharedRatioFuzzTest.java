package org.ogm4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.host.Vertices;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.WrapperSteps;

/** Random networks in two replicas: their first scores, ratios and k are those of one big batch. */
@Timeout(600)
class SharedRatioFuzzTest {

    private static final long SEEDS = Long.getLong("fuzz.wrappers", 20);

    private int compared;

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
        System.out.printf("Fuzz: %d in two replicas%n", compared);
        assertEquals(List.of(), failures);
        assertTrue(compared > SEEDS / 6, "some must be possible, got " + compared);
    }

    /** DL4J would make masks of single outputs of those of labels. */
    private static MultiDataSet merged(List<MultiDataSet> batches) {
        MultiDataSet merged = org.nd4j.linalg.dataset.MultiDataSet.merge(batches);
        INDArray[] masks = merged.getLabelsMaskArrays();
        for (int i = 0; masks != null && i < masks.length; i++) {
            int output = i;
            masks[i] =
                    masks[i] == null
                            ? null
                            : Nd4j.concat(
                                    0,
                                    batches.stream()
                                            .map(batch -> batch.getLabelsMaskArray(output))
                                            .toArray(INDArray[]::new));
        }
        return merged;
    }

    private void check(long seed, Draw draw) {
        ComputationGraph big;
        ComputationGraph graph;
        List<MultiDataSet> batches;
        try {
            RandomNetwork network = RandomNetwork.of(draw);
            ComputationGraphConfiguration conf = network.conf();
            conf.getVertices().values().forEach(Vertices::removeDropout);
            draw.kind("OVER", "FIRST", "LAST", "ALL", "ALL", "LATER");
            ModulatedOptimizer.Builder options =
                    RandomOptions.of(draw, network).noise(GradientNoise.none());
            RandomBatches random = new RandomBatches(draw, network, seed);
            batches = List.of(random.batch(0), random.batch(1));
            if (network.type() != DataType.DOUBLE
                    || draw.chosen().contains("truncated") // of other lengths than the big batch
                    || conf.toJson().contains("BatchNormalization")) {
                return;
            }
            big = Nets.init(options.build().modulate(conf));
            graph = Nets.init(options.sharedRatio().build().modulate(conf));
            big.fit(merged(batches));
        } catch (RuntimeException dl4jOrRefused) {
            return;
        }
        Modulation expected = ModulatedOptimizer.lastModulation(big).orElse(null);
        if (expected == null || expected.refusedBatches() > 0) {
            return; // a batch without labels
        }
        List<List<Modulation>> both =
                WrapperSteps.fit(graph, 2, TrainingMode.AVERAGING, batches).replicas();
        assertEquals(2, both.size());
        for (List<Modulation> replica : both) {
            WrapperSteps.assertSame(expected, replica.get(0), 1e-9);
        }
        compared++;
    }
}
