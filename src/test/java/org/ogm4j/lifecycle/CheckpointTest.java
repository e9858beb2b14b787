package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Batches;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;

/**
 * DL4J calls CheckpointListener before it counts: which count of the file is one behind depends on
 * when it was written. Three epochs of three batches; modulation acts in the first two.
 */
class CheckpointTest {

    private static final int PER_EPOCH = 3;
    private static final int EPOCHS = 3;

    private static ComputationGraphConfiguration plain() {
        return Nets.dense(new Nesterovs(0.1, 0.9));
    }

    private static ComputationGraphConfiguration modulated() {
        return ModulatedOptimizer.builder().epochs(0, 1).build().modulate(plain());
    }

    private static ComputationGraph unbroken(ComputationGraphConfiguration conf) {
        ComputationGraph graph = Nets.init(conf);
        graph.fit(Batches.of(PER_EPOCH), EPOCHS);
        return graph;
    }

    /** What a listener wrote first, in a training run over all epochs. */
    private static ComputationGraph written(
            ComputationGraphConfiguration conf, CheckpointListener.Builder when, Path folder) {
        ComputationGraph graph = Nets.init(conf);
        graph.setListeners(when.keepAll().build());
        graph.fit(Batches.of(PER_EPOCH), EPOCHS);
        return CheckpointListener.loadCheckpointCG(folder.toFile(), 0);
    }

    private static ComputationGraph after(ComputationGraph graph, int iterations, int epochs) {
        graph.getConfiguration().setIterationCount(iterations);
        graph.getConfiguration().setEpochCount(epochs);
        return graph;
    }

    private static CheckpointListener.Builder everyIterations(Path folder, int n) {
        return new CheckpointListener.Builder(folder.toFile()).saveEveryNIterations(n);
    }

    private static CheckpointListener.Builder everyEpoch(Path folder) {
        return new CheckpointListener.Builder(folder.toFile()).saveEveryNEpochs(1);
    }

    /** The second batch of the second epoch: the iteration is one behind. */
    @Test
    void writtenInsideAnEpoch(@TempDir Path folder) {
        ComputationGraph resumed = written(modulated(), everyIterations(folder, 4), folder);
        assertEquals(4, resumed.getIterationCount());
        assertEquals(1, resumed.getEpochCount());
        finishInside(after(resumed, 5, 1));
        Compare.same(unbroken(modulated()).params(), resumed.params(), "parameters");
    }

    private static void finishInside(ComputationGraph graph) {
        Resuming.train(graph, 2, PER_EPOCH);
        graph.incrementEpochCount();
        graph.fit(Batches.of(PER_EPOCH));
    }

    /** By epochs: the epoch is one behind. */
    @Test
    void writtenAtTheEndOfAnEpoch(@TempDir Path folder) {
        ComputationGraph resumed = written(modulated(), everyEpoch(folder), folder);
        assertEquals(3, resumed.getIterationCount());
        assertEquals(0, resumed.getEpochCount());
        after(resumed, 3, 1).fit(Batches.of(PER_EPOCH), 2);
        Compare.same(unbroken(modulated()).params(), resumed.params(), "parameters");
    }

    /** By iterations, and this one was the last of its epoch: both are one behind. */
    @Test
    void writtenAfterTheLastBatchOfAnEpoch(@TempDir Path folder) {
        ComputationGraph resumed = written(modulated(), everyIterations(folder, 5), folder);
        assertEquals(5, resumed.getIterationCount());
        assertEquals(1, resumed.getEpochCount());
        after(resumed, 6, 2).fit(Batches.of(PER_EPOCH));
        Compare.same(unbroken(modulated()).params(), resumed.params(), "parameters");
    }

    /** The same mistakes in a plain network with a fixed learning rate leave no trace. */
    @Test
    void aWrongCountIsSeenInAModulatedNetworkOnly(@TempDir Path folder) throws IOException {
        ComputationGraphConfiguration[] both = {plain(), modulated()};
        for (int i = 0; i < both.length; i++) {
            ComputationGraph expected = unbroken(both[i].clone());
            Path inside = Files.createDirectory(folder.resolve("inside" + i));
            ComputationGraph iteration =
                    written(both[i].clone(), everyIterations(inside, 4), inside);
            finishInside(iteration);
            Path end = Files.createDirectory(folder.resolve("end" + i));
            ComputationGraph epoch = written(both[i].clone(), everyEpoch(end), end);
            after(epoch, 4, 0).fit(Batches.of(PER_EPOCH), 2);
            boolean modulated = i == 1;
            assertEquals(modulated, Compare.differ(expected.params(), iteration.params()));
            assertEquals(modulated, Compare.differ(expected.params(), epoch.params()));
        }
    }
}
