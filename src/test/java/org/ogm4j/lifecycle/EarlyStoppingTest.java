package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingModelSaver;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.saver.LocalFileGraphSaver;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.CollectScoresListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.ModulationListener;
import org.ogm4j.testing.Batches;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;

/** DL4J's early stopping on a modulated network. */
class EarlyStoppingTest {

    private static final int PER_EPOCH = 3;
    private static final int EPOCHS = 4;
    private static final int BEST = 1;

    /** The losses of the epochs, the best of them in the middle. */
    private static final class Losses implements ScoreCalculator<ComputationGraph> {

        private static final long serialVersionUID = 1L;

        private final transient Iterator<Double> losses = List.of(3.0, 1.0, 2.0, 4.0).iterator();

        @Override
        public double calculateScore(ComputationGraph network) {
            return losses.next();
        }

        @Override
        public boolean minimizeScore() {
            return true;
        }
    }

    private static ComputationGraph network() {
        return Nets.modulated(
                ModulatedOptimizer.builder().epochs(1, 2), Nets.dense(new Adam(0.01)));
    }

    /** The trainer numbers the epochs from 0, and the window follows. */
    @Test
    void theBestNetworkComesBackAndTrainsOn(@TempDir Path folder) throws IOException {
        ComputationGraph graph = network();
        List<Modulation> seen = new ArrayList<>();
        CollectScoresListener scores = new CollectScoresListener(1);
        graph.setListeners(new ModulationListener(seen::add), scores);
        ComputationGraph best = stopped(graph, new LocalFileGraphSaver(folder.toString()));
        assertEquals(List.of(3, 4, 5, 6, 7, 8), seen.stream().map(Modulation::iteration).toList());
        assertEquals(PER_EPOCH * EPOCHS, scores.getListScore().size(), "DL4J's own listener");

        ComputationGraph byHand = network();
        trainByHand(byHand, 0, BEST + 1);
        Compare.same(byHand.params(), best.params(), "parameters");
        Compare.same(byHand.updaterState(), best.updaterState(), "updater state");

        best.incrementEpochCount(); // it was saved inside its epoch
        assertEquals(BEST + 1, best.getEpochCount());
        trainByHand(byHand, BEST + 1, EPOCHS);
        trainByHand(best, BEST + 1, EPOCHS);
        Compare.same(byHand.params(), best.params(), "parameters, trained on");
        Compare.same(byHand.params(), graph.params(), "parameters of the network that trained");
    }

    /** InMemoryModelSaver clones, and DL4J's clone sets the counters to 0. */
    @Test
    void aBestNetworkKeptInMemoryHasLostItsCounters() throws IOException {
        ComputationGraph best = stopped(network(), new InMemoryModelSaver<>());
        ComputationGraph byHand = network();
        trainByHand(byHand, 0, BEST + 1);
        Compare.same(byHand.params(), best.params(), "parameters");
        assertEquals(0, best.getIterationCount() + best.getEpochCount());
        best.getConfiguration().setIterationCount(PER_EPOCH * (BEST + 1));
        trainByHand(byHand, BEST + 1, EPOCHS);
        trainByHand(best, BEST + 1, EPOCHS);
        Compare.same(byHand.params(), best.params(), "parameters, trained on");
    }

    private static ComputationGraph stopped(
            ComputationGraph graph, EarlyStoppingModelSaver<ComputationGraph> saver)
            throws IOException {
        EarlyStoppingConfiguration<ComputationGraph> stopping =
                new EarlyStoppingConfiguration.Builder<ComputationGraph>()
                        .epochTerminationConditions(new MaxEpochsTerminationCondition(EPOCHS))
                        .scoreCalculator(new Losses())
                        .modelSaver(saver)
                        .build();
        EarlyStoppingResult<ComputationGraph> result =
                new EarlyStoppingGraphTrainer(stopping, graph, Batches.of(PER_EPOCH), null).fit();
        assertEquals(BEST, result.getBestModelEpoch());
        assertEquals(EPOCHS, result.getTotalEpochs());
        return saver.getBestModel();
    }

    private static void trainByHand(ComputationGraph graph, int firstEpoch, int epochs) {
        for (int epoch = firstEpoch; epoch < epochs; epoch++) {
            graph.getConfiguration().setEpochCount(epoch);
            Resuming.train(graph, 0, PER_EPOCH);
        }
    }
}
