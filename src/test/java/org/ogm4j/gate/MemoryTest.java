package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Dl4jUpdaters;
import org.ogm4j.testing.Nets;

/**
 * The memory that modulation adds to a training step, counted in DL4J's workspaces, where all of a
 * step's arrays live.
 */
class MemoryTest {

    static Stream<Arguments> options() {
        ModulatedOptimizer.Builder none = ModulatedOptimizer.builder().noise(GradientNoise.none());
        ModulatedOptimizer.Builder moments =
                ModulatedOptimizer.builder().noise(GradientNoise.moments());
        return Stream.concat(
                Stream.of(
                        arguments(new Sgd(0.1), ModulatedOptimizer.builder()),
                        arguments(new Sgd(0.1), none),
                        arguments(
                                new Sgd(0.1),
                                ModulatedOptimizer.builder().noise(GradientNoise.tensorStd())),
                        arguments(
                                new Sgd(0.1),
                                ModulatedOptimizer.builder().score(ScoreSource.zeroOut())),
                        arguments(
                                new Sgd(0.1),
                                ModulatedOptimizer.builder().score(ScoreSource.probe()))),
                Dl4jUpdaters.all().map(updater -> arguments(updater, moments)));
    }

    /**
     * Less than 2.5 KB at every width: features of 2 modalities, 8 examples, 4 columns of 8 bytes,
     * the rows of logits, and what scores need. A copy of one layer's weights would be 0.7 MB at
     * width 300, where a block is longer than the pieces that noise is worked on in.
     */
    @ParameterizedTest
    @MethodSource("options")
    void doesNotGrowWithTheNumberOfParameters(
            IUpdater updater, ModulatedOptimizer.Builder options) {
        for (int hidden : new int[] {10, 300}) {
            long extra =
                    bytes(options.build().modulate(network(hidden, updater)))
                            - bytes(network(hidden, updater));
            assertTrue(
                    extra >= 0 && extra < 2560,
                    "at width " + hidden + " it adds " + extra + " bytes");
        }
    }

    /**
     * Two logits and two error signals, each an array and its shape, are 8 buffers; as operations
     * of ND4J they were 100.
     */
    @Test
    void aStepMakesFewArrays() {
        ComputationGraphConfiguration conf = network(10, new Nesterovs(0.1));
        long plain = buffers(conf);
        long noisy = buffers(ModulatedOptimizer.builder().build().modulate(conf)) - plain;
        long quiet =
                buffers(
                                ModulatedOptimizer.builder()
                                        .noise(GradientNoise.none())
                                        .build()
                                        .modulate(conf))
                        - plain;
        assertTrue(plain > 200 && noisy <= 12 && quiet <= 12, plain + ", " + noisy + ", " + quiet);
    }

    /** ND4J's buffers take numbers one after another; the median step has no collection in it. */
    private static long buffers(ComputationGraphConfiguration conf) {
        ComputationGraph graph = Nets.init(conf);
        long[] steps = new long[5];
        for (int step = 0; step < 8; step++) {
            MultiDataSet batch = Nets.batch(8, step);
            long before = Nd4j.getDeallocatorService().nextValue();
            graph.fit(batch);
            steps[step % 5] = Nd4j.getDeallocatorService().nextValue() - before - 1;
        }
        Arrays.sort(steps);
        return steps[2];
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
    private static ComputationGraphConfiguration network(int hidden, IUpdater updater) {
        return Nets.base(updater)
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_hidden", Nets.layer(hidden), "audio")
                .addLayer("audio_deep", Nets.layer(hidden), "audio_hidden")
                .addLayer("audio_fc", Nets.layer(4), "audio_deep")
                .addLayer("visual_hidden", Nets.layer(hidden), "visual")
                .addLayer("visual_fc", Nets.layer(4), "visual_hidden")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }
}
