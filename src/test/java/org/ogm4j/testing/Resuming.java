package org.ogm4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/** Training with and without an interruption. */
public final class Resuming {

    private Resuming() {}

    /** Trains {@link Nets#batch(int, long)} number from to to - 1. */
    public static void train(ComputationGraph graph, int from, int to) {
        for (int step = from; step < to; step++) {
            graph.fit(Nets.batch(8, step));
        }
    }

    /** Asserts that saving after 4 of 8 steps makes no difference, to the last bit. */
    public static void assertEqualsUnbroken(ComputationGraphConfiguration conf, Path folder)
            throws IOException {
        assertEquals(conf, ComputationGraphConfiguration.fromJson(conf.toJson()));
        ComputationGraph unbroken = Nets.init(conf.clone());
        ComputationGraph first = Nets.init(conf);
        train(unbroken, 0, 8);
        train(first, 0, 4);
        File file = folder.resolve("network.zip").toFile();
        ModelSerializer.writeModel(first, file, true);
        ComputationGraph resumed = ModelSerializer.restoreComputationGraph(file, true);
        train(resumed, 4, 8);
        Compare.same(unbroken.params(), resumed.params(), "parameters");
        Compare.sameState(unbroken, resumed, "updater state");
    }
}
