package org.ogm4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.workspace.WorkspaceUtils;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.host.RandomState;
import org.ogm4j.host.Updaters;
import org.ogm4j.host.Vertices;
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

    /** The first and the last epoch that are modulated. */
    private enum Window {
        OVER(0, START - 1),
        FIRST(START, START),
        LAST(END - 1, END - 1),
        ALL(START, END),
        LATER(END + 1, END + 1);

        private final int first;
        private final int last;

        Window(int first, int last) {
            this.first = first;
            this.last = last;
        }
    }

    private final Draw draw;
    private final long seed;
    private final Window window;
    private final ComputationGraphConfiguration conf;
    private final String json;
    private final ModulatedOptimizer options;
    private final ModulatedOptimizer quiet;
    private final IUpdater updater;
    private final RandomBatches batches;
    private final RandomTraining training;
    private final List<INDArray> plainParams = new ArrayList<>();
    private ComputationGraph plain;
    private String detail = "";

    /** Throws what DL4J does if it cannot build the network or write it down. */
    Invariants(long seed) {
        this.seed = seed;
        draw = new Draw(seed);
        RandomNetwork network = RandomNetwork.of(draw);
        conf = network.conf();
        conf.setEpochCount(START);
        json = conf.toJson();
        List<String> inputs = conf.getNetworkInputs();
        window = Window.valueOf(draw.kind("OVER", "FIRST", "LAST", "ALL", "ALL", "LATER"));
        ModulatedOptimizer.Builder builder =
                RandomOptions.of(draw, network).epochs(window.first, window.last);
        updater = RandomExtras.add(new Draw(~seed), network, builder, kinds());
        options = builder.build();
        builder.noise(GradientNoise.none());
        List<String> names = kinds().contains("grouped") ? List.of("m0", "m2") : inputs;
        names.forEach(name -> builder.unimodal(name, UnimodalSignal.none()));
        quiet = builder.build();
        batches = new RandomBatches(draw, network, seed).lacking(kinds().contains("lacking"));
        training = new RandomTraining(draw, batches, kinds().contains("missingNans"));
    }

    /** The plain network's configuration, with the updater that the options give it. */
    private ComputationGraphConfiguration fresh() {
        ComputationGraphConfiguration fresh = RandomNetwork.of(new Draw(seed)).conf();
        fresh.setEpochCount(START);
        if (updater != null) {
            for (GraphVertex vertex : fresh.getVertices().values()) {
                Updaters.replace(vertex, own -> updater.clone());
            }
        }
        return fresh;
    }

    /** The names of all that was chosen. */
    Set<String> kinds() {
        return draw.chosen();
    }

    /** Why there is nothing to train; of what has trained a number that stands for all its own. */
    String detail() {
        return detail;
    }

    /** Checks them all. */
    Outcome check() {
        ComputationGraphConfiguration modulated;
        try {
            modulated = options.modulate(conf);
        } catch (IllegalArgumentException refused) {
            return refused(refused);
        }
        sameLines(json, conf.toJson(), "the argument stays as it is");
        assertTrue(comesBack(modulated) || !comesBack(conf), "JSON");
        if (!plainTrains()) {
            return Outcome.SKIPPED;
        }
        ComputationGraph graph = Nets.init(modulated);
        stripIsPlain(graph, Nets.init(fresh()));
        checkByHand();
        try {
            train(graph);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            return refused(refused);
        }
        WorkspaceUtils.assertNoWorkspacesOpen("after training");
        detail = "parameters " + Arrays.hashCode(graph.params().toDoubleVector());
        return Outcome.MODULATED;
    }

    private Outcome refused(RuntimeException refused) {
        detail = String.valueOf(refused.getMessage()).replace('\n', ' ');
        assertTrue(detail.contains(" must "), refused::toString);
        return Outcome.REFUSED;
    }

    /** In a network of its own, without dropout, noise, unimodal signals; the rest sees none. */
    private void checkByHand() {
        ComputationGraphConfiguration calm = fresh();
        calm.getVertices().values().forEach(Vertices::removeDropout);
        ComputationGraphConfiguration own;
        try {
            own = quiet.modulate(calm);
        } catch (IllegalArgumentException refused) {
            // noise puts k on the step, where nothing undoes it
            assertTrue(refused.getMessage().contains("undo the coefficient"), refused::toString);
            return;
        }
        boolean nans = kinds().contains("missingNans");
        boolean inside = window.first <= START && START <= window.last;
        if (inside && !kinds().contains("truncated")) {
            RandomState before = RandomState.now();
            StepByHand hand =
                    new StepByHand(
                            Nets.init(own),
                            batches.batch(0),
                            nans ? batches.withNans(0) : batches.batch(0));
            hand.check(batches.lacks(0)).forEach(draw.chosen()::add);
            before.restore();
        }
    }

    /** Whether JSON gives the same configuration back: some of DL4J's layers lose something. */
    private static boolean comesBack(ComputationGraphConfiguration conf) {
        return conf.equals(ComputationGraphConfiguration.fromJson(conf.toJson()));
    }

    /** Whether DL4J itself can train the network. */
    private boolean plainTrains() {
        try {
            plain = Nets.init(fresh());
            for (int epoch = START; epoch < END; epoch++) {
                training.epoch(plain, epoch);
                plainParams.add(plain.params().dup());
            }
        } catch (RuntimeException e) {
            detail = "the plain network: " + e;
            return false;
        }
        detail = "the plain network's parameters are not finite";
        return isFinite(plain.params());
    }

    private void stripIsPlain(ComputationGraph graph, ComputationGraph fresh) {
        ComputationGraph stripped = ModulatedOptimizer.strip(graph);
        sameLines(fresh.getConfiguration().toJson(), stripped.getConfiguration().toJson(), "strip");
        Compare.same(fresh.params(), stripped.params(), "stripped parameters");
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

    private void train(ComputationGraph graph) {
        boolean off = true;
        for (int epoch = START; epoch < END; epoch++) {
            INDArray before = graph.params().dup();
            training.epoch(graph, epoch);
            assertTrue(
                    isFinite(graph.params()) || !plainStaysFinite(graph, before, epoch),
                    "finite parameters");
            boolean acts = window.first <= epoch && epoch <= window.last;
            off &= !acts;
            assertEquals(
                    off ? -1 : Math.min(epoch, window.last),
                    ModulatedOptimizer.lastModulation(graph).map(Modulation::epoch).orElse(-1),
                    "epoch of the last modulation in " + epoch);
            if (off) {
                sameAsPlain(ModulatedOptimizer.strip(graph), epoch);
            }
        }
        if (draw.oneIn(3) && !keepsStateFromBatchToBatch()) {
            assertTrue(goesOnFromFile(graph) || !goesOnFromFile(plain), "goes on from a file");
        }
    }

    /** In half precision DL4J divides by 0 where a norm is small. */
    private boolean plainStaysFinite(ComputationGraph graph, INDArray before, int epoch) {
        graph.setParams(before);
        ComputationGraph stripped = ModulatedOptimizer.strip(graph);
        training.epoch(stripped, epoch);
        return isFinite(stripped.params());
    }

    /** DL4J does not clear the state of an LSTM inside a MaskZeroLayer, and no file keeps it. */
    private boolean keepsStateFromBatchToBatch() {
        return kinds().containsAll(List.of("maskZero", "truncated"));
    }

    private void sameAsPlain(ComputationGraph stripped, int epoch) {
        Compare.same(plainParams.get(epoch - START), stripped.params(), "parameters outside");
        if (epoch == END - 1 && plain.updaterState() != null) {
            Compare.same(plain.updaterState(), stripped.updaterState(), "state outside");
        }
    }

    /** Whether a network that was written and read is the one that was not, and trains like it. */
    private boolean goesOnFromFile(ComputationGraph graph) {
        ComputationGraph read = writtenAndRead(graph);
        if (!graph.getConfiguration().toJson().equals(read.getConfiguration().toJson())) {
            return false;
        }
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

    private static boolean isFinite(INDArray array) {
        return Double.isFinite(array.castTo(DataType.DOUBLE).sumNumber().doubleValue());
    }
}
