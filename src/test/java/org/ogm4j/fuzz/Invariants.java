package org.ogm4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.workspace.WorkspaceUtils;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;

/** What must hold for every network, checked on a random one. */
final class Invariants {

    /** What became of a network. */
    enum Outcome {
        MODULATED,
        REFUSED,
        SKIPPED
    }

    /** The epoch that training begins with, so that a window can be over before. */
    private static final int START = 2;

    private static final int END = START + 2;

    private final Draw draw;
    private final long seed;
    private final RandomNetwork network;
    private final ModulatedOptimizer.Builder options;
    private final RandomBatches batches;
    private final RandomTraining training;
    private final List<INDArray> plainParams = new ArrayList<>();
    private ComputationGraph plain;

    Invariants(long seed) {
        this.seed = seed;
        draw = new Draw(seed);
        network = RandomNetwork.of(draw);
        options = RandomOptions.of(draw, network);
        batches = new RandomBatches(draw, network, seed);
        training = new RandomTraining(draw, batches);
    }

    /** The names of all that was chosen. */
    Set<String> kinds() {
        return draw.chosen();
    }

    /** Checks them all. */
    Outcome check() {
        if (!plainTrains()) {
            return Outcome.SKIPPED;
        }
        String before = conf().toJson();
        ComputationGraphConfiguration conf = conf();
        int first = draw.between(START, END - 1);
        int last = draw.between(first, END);
        ComputationGraphConfiguration modulated;
        try {
            modulated = options.epochs(first, last).build().modulate(conf);
        } catch (IllegalArgumentException refused) {
            assertOurs(refused);
            return Outcome.REFUSED;
        }
        sameLines(before, conf.toJson(), "the argument stays as it is");
        ComputationGraph graph = Nets.init(modulated);
        ComputationGraph stripped = ModulatedOptimizer.strip(graph);
        ComputationGraph fresh = Nets.init(conf);
        sameLines(conf.toJson(), stripped.getConfiguration().toJson(), "strip");
        Compare.same(fresh.params(), stripped.params(), "stripped parameters");
        sameOutputs(fresh, stripped);
        offIsOff(conf);
        try {
            on(graph, first, last);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            assertOurs(refused);
            return Outcome.REFUSED;
        }
        WorkspaceUtils.assertNoWorkspacesOpen("after training");
        return Outcome.MODULATED;
    }

    private ComputationGraphConfiguration conf() {
        ComputationGraphConfiguration conf = RandomNetwork.of(new Draw(seed)).conf();
        conf.setEpochCount(START);
        return conf;
    }

    /** Whether DL4J itself can train the network. */
    private boolean plainTrains() {
        try {
            plain = Nets.init(conf());
            for (int epoch = START; epoch < END; epoch++) {
                training.epoch(plain, epoch);
                plainParams.add(plain.params().dup());
            }
        } catch (RuntimeException e) {
            if (Boolean.getBoolean("fuzz.verbose")) {
                System.out.println(
                        seed
                                + " skipped "
                                + draw.chosen()
                                + " "
                                + e
                                + " "
                                + List.of(e.getStackTrace()).subList(0, 8));
            }
            return false;
        }
        if (Boolean.getBoolean("fuzz.verbose") && !isFinite(plain.params())) {
            System.out.println(seed + " skipped " + draw.chosen() + " NaN");
        }
        return isFinite(plain.params());
    }

    private void sameOutputs(ComputationGraph fresh, ComputationGraph stripped) {
        MultiDataSet batch = batches.batch(0);
        INDArray[] expected = outputs(fresh, batch);
        INDArray[] actual = outputs(stripped, batch);
        for (int i = 0; i < expected.length; i++) {
            Compare.same(expected[i], actual[i], "stripped output");
        }
    }

    private static INDArray[] outputs(ComputationGraph graph, MultiDataSet batch) {
        return graph.output(
                false,
                batch.getFeatures(),
                batch.getFeaturesMaskArrays(),
                batch.getLabelsMaskArrays());
    }

    private void offIsOff(ComputationGraphConfiguration conf) {
        boolean before = draw.kind("beforeWindow", "afterWindow").equals("beforeWindow");
        ModulatedOptimizer off =
                (before ? options.epochs(END, END) : options.epochs(0, START - 1)).build();
        ComputationGraph graph = Nets.init(off.modulate(conf));
        for (int epoch = START; epoch < END; epoch++) {
            training.epoch(graph, epoch);
        }
        assertTrue(ModulatedOptimizer.lastModulation(graph).isEmpty(), "it acted");
        ComputationGraph stripped = ModulatedOptimizer.strip(graph);
        Compare.same(plain.params(), stripped.params(), "parameters outside the window");
        if (plain.updaterState() != null) {
            Compare.same(plain.updaterState(), stripped.updaterState(), "state outside the window");
        }
    }

    private void on(ComputationGraph graph, int first, int last) {
        for (int epoch = START; epoch < END; epoch++) {
            training.epoch(graph, epoch);
            int latest = Math.min(epoch, last);
            assertEquals(
                    latest < first ? -1 : latest,
                    ModulatedOptimizer.lastModulation(graph).map(Modulation::epoch).orElse(-1),
                    "epoch of the last modulation in " + epoch);
            if (epoch < first) {
                Compare.same(
                        plainParams.get(epoch - START),
                        ModulatedOptimizer.strip(graph).params(),
                        "parameters before the window");
            }
        }
        assertTrue(isFinite(graph.params()), "finite parameters");
        assertTrue(goesOnFromFile(graph) || !goesOnFromFile(plain), "goes on from a file");
    }

    /** Whether a network that was written and read trains as the one that was not. */
    private boolean goesOnFromFile(ComputationGraph graph) {
        ComputationGraph read = writtenAndRead(graph);
        sameLines(graph.getConfiguration().toJson(), read.getConfiguration().toJson(), "JSON");
        training.epoch(graph, END);
        try {
            training.epoch(read, END);
        } catch (RuntimeException e) {
            return false;
        }
        return !Compare.differ(graph.params(), read.params())
                && (graph.updaterState() == null
                        || !Compare.differ(graph.updaterState(), read.updaterState()));
    }

    private static ComputationGraph writtenAndRead(ComputationGraph graph) {
        try {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ModelSerializer.writeModel(graph, file, true);
            return ModelSerializer.restoreComputationGraph(
                    new ByteArrayInputStream(file.toByteArray()), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sameLines(String expected, String actual, String what) {
        assertIterableEquals(expected.lines().toList(), actual.lines().toList(), what);
    }

    private static void assertOurs(RuntimeException refused) {
        if (Boolean.getBoolean("fuzz.verbose")) {
            System.out.println("refused " + refused.getMessage());
        }
        assertTrue(String.valueOf(refused.getMessage()).contains(" must "), refused::toString);
    }

    private static boolean isFinite(INDArray array) {
        return Double.isFinite(array.castTo(DataType.DOUBLE).sumNumber().doubleValue());
    }
}
