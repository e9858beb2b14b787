package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.ModulationListener;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;

/** What people do with networks, done with modulated ones. */
class LifecycleTest {

    private static final ModulatedOptimizer OPTIMIZER = ModulatedOptimizer.builder().build();
    private static final List<String> ENCODERS = List.of("audio_fc", "visual_fc");

    private static ComputationGraph modulated() {
        return Nets.init(OPTIMIZER.modulate(Nets.dense(new Nesterovs(0.1, 0.9))));
    }

    /** DL4J's clone sets the counters to 0; with them put back it trains on as the original. */
    @Test
    void aCloneTrainsOnItsOwn() {
        ComputationGraph graph = modulated();
        Resuming.train(graph, 0, 3);
        ComputationGraph clone = graph.clone();
        clone.getConfiguration().setIterationCount(graph.getIterationCount());
        clone.getConfiguration().setEpochCount(graph.getEpochCount());
        Resuming.train(clone, 3, 6);
        Modulation ofClone = ModulatedOptimizer.lastModulation(clone).orElseThrow();
        assertEquals(2, ModulatedOptimizer.lastModulation(graph).orElseThrow().iteration());
        Resuming.train(graph, 3, 6);
        assertEquals(ofClone, ModulatedOptimizer.lastModulation(graph).orElseThrow());
        Compare.same(graph.params(), clone.params(), "parameters");
        assertNotSame(graph.params(), clone.params());
    }

    @Test
    void savedWithoutUpdaterItTrainsOnWithoutMomentum(@TempDir Path folder) throws IOException {
        ComputationGraph graph = modulated();
        Resuming.train(graph, 0, 3);
        File file = folder.resolve("net.zip").toFile();
        ModelSerializer.writeModel(graph, file, false);
        ComputationGraph again = ModelSerializer.restoreComputationGraph(file, true);
        Compare.same(graph.params(), again.params(), "parameters");
        graph.updaterState().assign(0);
        Resuming.train(graph, 3, 4);
        Resuming.train(again, 3, 4);
        Compare.same(graph.params(), again.params(), "parameters, trained on from no momentum");
        assertEquals(3, ModulatedOptimizer.lastModulation(again).orElseThrow().iteration());
    }

    /**
     * DL4J calls listeners before it counts the step: a checkpoint is one step ahead of its count.
     */
    @Test
    void checkpointsGoOnAsIfUnbroken(@TempDir Path folder) throws IOException {
        ComputationGraph unbroken = modulated();
        ComputationGraph first = modulated();
        first.setListeners(
                new CheckpointListener.Builder(folder.toFile())
                        .keepAll()
                        .saveEveryNIterations(3)
                        .build());
        Resuming.train(first, 0, 5);
        Resuming.train(unbroken, 0, 8);
        ComputationGraph resumed = CheckpointListener.loadLastCheckpointCG(folder.toFile());
        int done = resumed.getIterationCount() + 1;
        resumed.getConfiguration().setIterationCount(done);
        Resuming.train(resumed, done, 8);
        Compare.same(unbroken.params(), resumed.params(), "parameters");
    }

    @Test
    void dl4jsListenersWorkBesideOurs() {
        ComputationGraph graph = modulated();
        List<Modulation> seen = new ArrayList<>();
        graph.setListeners(
                new ModulationListener(seen::add),
                new ScoreIterationListener(2),
                new PerformanceListener(2));
        graph.fit(batches());
        assertEquals(List.of(0, 1, 2), seen.stream().map(Modulation::iteration).toList());
        ComputationGraph alone = modulated();
        Resuming.train(alone, 0, 3);
        Compare.same(alone.params(), graph.params(), "parameters");

        Evaluation evaluation = graph.evaluate(batches());
        assertEquals(24, evaluation.getNumRowCounter());
        ComputationGraph plain = ModulatedOptimizer.strip(graph);
        int hits = 0;
        for (int seed = 0; seed < 3; seed++) {
            INDArray predicted = plain.outputSingle(Nets.batch(8, seed).getFeatures()).argMax(1);
            INDArray labels = Nets.batch(8, seed).getLabels(0).argMax(1);
            hits += predicted.eq(labels).castTo(DataType.DOUBLE).sumNumber().intValue();
        }
        assertEquals(hits / 24.0, evaluation.accuracy(), 1e-12);
    }

    @Test
    void aNetworkThatIsNotInitialisedYetIsInitialised() {
        ComputationGraph graph = OPTIMIZER.modulate(new ComputationGraph(Nets.dense()));
        Compare.same(Nets.init(Nets.dense()).params(), graph.params(), "parameters");
        Resuming.train(graph, 0, 1);
    }

    @Test
    void listenersStayWithTheNetworkThatIsModulatedOrStripped() {
        ComputationGraph plain = Nets.init(Nets.dense(new Sgd(0.1)));
        plain.setListeners(new ScoreIterationListener(2));
        ComputationGraph graph = OPTIMIZER.modulate(plain);
        assertEquals(List.copyOf(plain.getListeners()), List.copyOf(graph.getListeners()));
        assertEquals(1, ModulatedOptimizer.strip(graph).getListeners().size());
    }

    @Test
    void transferLearningBeforeModulating() {
        ComputationGraph trained = Nets.init(Nets.dense(new Sgd(0.1)));
        Resuming.train(trained, 0, 2);
        ComputationGraph edited =
                fineTuned(trained)
                        .removeVertexAndConnections("out")
                        .addLayer("out", output(), "concat")
                        .setOutputs("out")
                        .build();
        ComputationGraph graph = OPTIMIZER.modulate(edited);
        Compare.same(edited.params(), graph.params(), "parameters");
        assertEncoders(trained, graph);
        Resuming.train(graph, 0, 3);
        Resuming.train(edited, 0, 3);
        assertEquals(2, ModulatedOptimizer.lastModulation(graph).orElseThrow().iteration());
        for (String encoder : ENCODERS) {
            INDArray plain = edited.getLayer(encoder).params();
            assertTrue(Compare.differ(plain, graph.getLayer(encoder).params()), encoder);
        }
    }

    /** The same as to strip, edit and modulate again, to the last bit. */
    @Test
    void transferLearningAfterModulating() {
        ComputationGraph trained = modulated();
        Resuming.train(trained, 0, 2);
        ComputationGraph edited = withNewHead(trained);
        ComputationGraph again = OPTIMIZER.modulate(withNewHead(ModulatedOptimizer.strip(trained)));
        assertEncoders(trained, edited);
        assertEquals(trained.paramTable().keySet(), edited.paramTable().keySet());
        again.setParams(edited.params());
        for (int step = 0; step < 3; step++) {
            Resuming.train(edited, step, step + 1);
            Resuming.train(again, step, step + 1);
            assertEquals(
                    ModulatedOptimizer.lastModulation(again).orElseThrow(),
                    ModulatedOptimizer.lastModulation(edited).orElseThrow());
        }
        Compare.same(again.params(), edited.params(), "parameters");
    }

    private static ComputationGraph withNewHead(ComputationGraph graph) {
        return fineTuned(graph)
                .removeVertexKeepConnections("out")
                .addLayer("out", output(), "concat")
                .build();
    }

    private static TransferLearning.GraphBuilder fineTuned(ComputationGraph graph) {
        return new TransferLearning.GraphBuilder(graph)
                .fineTuneConfiguration(
                        new FineTuneConfiguration.Builder().updater(new Sgd(0.05)).build());
    }

    /** Fine tuning has made the network one of single precision. */
    private static void assertEncoders(ComputationGraph expected, ComputationGraph actual) {
        for (String encoder : ENCODERS) {
            INDArray params = expected.getLayer(encoder).params().castTo(DataType.FLOAT);
            Compare.same(params, actual.getLayer(encoder).params(), encoder);
        }
    }

    private static MultiDataSetIterator batches() {
        List<MultiDataSet> batches = List.of(Nets.batch(8, 0), Nets.batch(8, 1), Nets.batch(8, 2));
        return new IteratorMultiDataSetIterator(batches.iterator(), 8);
    }

    private static OutputLayer output() {
        OutputLayer output = Nets.output();
        output.setNIn(11);
        return output;
    }
}
