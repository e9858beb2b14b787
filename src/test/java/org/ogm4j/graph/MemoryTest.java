package org.ogm4j.graph;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Nets;

/**
 * The memory that modulation adds to a training step, counted in DL4J's workspaces, where all of a
 * step's arrays live.
 */
class MemoryTest {

    @Test
    void doesNotGrowWithTheNumberOfParameters() {
        // features of 2 modalities, 8 examples, 4 columns of 8 bytes, and the rows of logits; a
        // copy of one hidden layer's
        // weights at width 1000 would be 40,000 bytes
        for (int hidden : new int[] {10, 100, 1000}) {
            long extra = extraBytes(hidden);
            assertTrue(
                    extra >= 0 && extra < 2048,
                    "at width " + hidden + " it adds " + extra + " bytes");
        }
    }

    private static long extraBytes(int hidden) {
        return bytes(ModulatedOptimizer.builder().build().modulate(network(hidden)))
                - bytes(network(hidden));
    }

    private static long bytes(ComputationGraphConfiguration conf) {
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        ComputationGraph graph = Nets.init(conf);
        for (int step = 0; step < 5; step++) {
            graph.fit(Nets.batch(8, step));
        }
        return Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread().stream()
                .mapToLong(MemoryWorkspace::getCurrentSize)
                .sum();
    }

    /** Only the width behind the inputs changes: the features that are fused stay as many. */
    private static ComputationGraphConfiguration network(int hidden) {
        return Nets.base(new Sgd(0.1))
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_hidden", new DenseLayer.Builder().nOut(hidden).build(), "audio")
                .addLayer("audio_fc", new DenseLayer.Builder().nOut(4).build(), "audio_hidden")
                .addLayer("visual_hidden", new DenseLayer.Builder().nOut(hidden).build(), "visual")
                .addLayer("visual_fc", new DenseLayer.Builder().nOut(4).build(), "visual_hidden")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }
}
