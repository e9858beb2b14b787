package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.memory.deallocation.DeallocatorService;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/**
 * Training that lasts: memory stays as it was after the first tenth, and a network that has done
 * all the steps goes on like one that was just loaded. {@code -Dlong.steps=100000} for the long
 * one; every modulated step is one of them.
 */
class LongRunTest {

    private static final int STEPS = Integer.getInteger("long.steps", 300);
    private static final int TENTH = STEPS / 10;

    /** A short run still loads classes and fills caches, which a long one has long done. */
    private static final long HEAP_SLACK = STEPS < 10_000 ? 4 << 20 : 512 << 10;

    private static final int ROUNDS = 5;

    /** For what the machine compiles and caches meanwhile. */
    private static final long RESIDENT_SLACK = 256 << 20;

    @TempDir private Path folder;

    static Stream<Map.Entry<String, ComputationGraphConfiguration>> networks() {
        ModulatedOptimizer heads = ModulatedOptimizer.builder().build();
        ModulatedOptimizer zeroOut =
                ModulatedOptimizer.builder().score(ScoreSource.zeroOut()).scoreEvery(3).build();
        ModulatedOptimizer probes = ModulatedOptimizer.builder().score(ScoreSource.probe()).build();
        return Stream.of(
                Map.entry("heads, Nesterovs", heads.modulate(Nets.dense(new Nesterovs(0.01, 0.9)))),
                Map.entry("zero-out, Adam", zeroOut.modulate(Fusions.film(new Adam(1e-3)))),
                Map.entry("probes, Adam", probes.modulate(Nets.dense(new Adam(1e-3)))));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void leavesNothingBehind(Map.Entry<String, ComputationGraphConfiguration> network)
            throws Exception {
        ComputationGraph graph = Nets.init(network.getValue());
        List<MultiDataSet> batches =
                IntStream.range(0, 50).mapToObj(i -> Nets.batch(8, i)).toList();
        File file = folder.resolve("network.zip").toFile();
        train(graph, batches, 0, TENTH);
        Memory first = Memory.settled(0, 5);
        train(graph, batches, TENTH, 9 * TENTH);
        ModelSerializer.writeModel(graph, file, true);
        train(graph, batches, 9 * TENTH, STEPS);
        Memory last = Memory.settled(first.buffers(), 50);
        String memory = "%s -> %s".formatted(first, last);
        System.out.printf("Long run, %s, %d steps: %s%n", network.getKey(), STEPS, memory);
        assertTrue(last.buffers() <= first.buffers(), memory);
        assertTrue(last.heap() - first.heap() <= HEAP_SLACK, memory);
        assertTrue(last.resident() <= 1.3 * first.resident() + RESIDENT_SLACK, memory);

        ComputationGraph loaded = ModelSerializer.restoreComputationGraph(file, true);
        train(loaded, batches, 9 * TENTH, STEPS);
        Compare.same(loaded.params(), graph.params(), "parameters");
        Compare.same(loaded.updaterState(), graph.updaterState(), "updater state");
        Modulation modulation = ModulatedOptimizer.lastModulation(graph).orElseThrow();
        assertEquals(ModulatedOptimizer.lastModulation(loaded).orElseThrow(), modulation);
        assertEquals(STEPS, graph.getIterationCount());
        double[] k =
                modulation.modalities().values().stream()
                        .mapToDouble(m -> m.coefficient())
                        .sorted()
                        .toArray();
        assertTrue(0 <= k[0] && k[0] < 1 && k[1] == 1, "one of the two leads: " + modulation);
    }

    /** With a collection now and then, or ND4J's lists of what is to be freed grow long. */
    private static void train(ComputationGraph graph, List<MultiDataSet> batches, int from, int to)
            throws InterruptedException {
        for (int step = from; step < to; step++) {
            graph.fit(batches.get(step % batches.size()));
            if (step % 100 == 99) {
                System.gc();
                Thread.sleep(50);
            }
        }
    }

    /**
     * What is in use after a collection.
     *
     * @param buffers arrays outside the heap that ND4J has not freed
     * @param resident bytes of the process in the machine's memory
     * @param heap bytes of the heap
     */
    private record Memory(int buffers, long resident, long heap) {

        /**
         * Waits until no more arrays than some are left, or their number stands still: ND4J frees
         * them on threads of its own, after a collection.
         *
         * @param wanted how many may be left
         * @param still tenths of a second without a change to wait for
         */
        static Memory settled(int wanted, int still) throws Exception {
            int buffers = aliveBuffers();
            int fewest = buffers;
            for (int since = 0; since < still && buffers > wanted; since++) {
                System.gc();
                Thread.sleep(100);
                buffers = aliveBuffers();
                if (buffers < fewest) {
                    fewest = buffers;
                    since = 0;
                }
            }
            Runtime runtime = Runtime.getRuntime();
            long heap = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) { // what one frees lets go of more
                System.gc();
                Thread.sleep(50);
                heap = Math.min(heap, runtime.totalMemory() - runtime.freeMemory());
            }
            return new Memory(buffers, Pointer.physicalBytes(), heap);
        }

        /** ND4J does not tell how many it has. */
        private static int aliveBuffers() throws ReflectiveOperationException {
            Field references = DeallocatorService.class.getDeclaredField("referenceMap");
            references.setAccessible(true);
            return ((Map<?, ?>) references.get(Nd4j.getDeallocatorService())).size();
        }

        @Override
        public String toString() {
            return "%d buffers, %d MB, heap %d KB".formatted(buffers, resident >> 20, heap >> 10);
        }
    }
}
