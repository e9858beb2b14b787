package org.ogm4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.ModalityEvaluationListener;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalEvaluation;
import org.ogm4j.testing.Batches;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Logs;
import org.ogm4j.testing.Nets;

/** Evaluation while a network trains. */
class ModalityEvaluationListenerTest {

    private static Batches data(String fusion, int first) {
        List<MultiDataSet> batches = new ArrayList<>();
        for (int seed = first; seed < first + 4; seed++) {
            batches.add(Fusions.batchFor(fusion, 8, seed));
        }
        return new Batches(batches);
    }

    private static ComputationGraph network(String fusion, boolean modulated) {
        var conf = Fusions.all(new Nesterovs(0.05, 0.9)).get(fusion);
        return modulated
                ? Nets.modulated(ModulatedOptimizer.builder().scoreEvery(3), conf)
                : Nets.init(conf);
    }

    /** The head of "deep" has dropout and batch norm. */
    @ParameterizedTest
    @CsvSource({"concat, true", "deep, true", "deep, false", "cross-attention, true"})
    void trainingIsTheSameToTheLastBit(String fusion, boolean modulated) {
        double[] draws = new double[2];
        ComputationGraph[] graphs = new ComputationGraph[2];
        for (int run = 0; run < 2; run++) {
            graphs[run] = network(fusion, modulated);
            if (run == 1) {
                graphs[run].setListeners(new ModalityEvaluationListener(data(fusion, 9), 1));
            }
            Nd4j.getRandom().setSeed(3);
            graphs[run].fit(data(fusion, 0), 4);
            draws[run] = Nd4j.rand(1, 1).getDouble(0);
        }
        assertEquals(draws[0], draws[1], "random numbers");
        Compare.same(graphs[0].params(), graphs[1].params(), "parameters");
        Compare.same(graphs[0].updaterState(), graphs[1].updaterState(), "updater state");
        assertEquals(graphs[0].score(), graphs[1].score());
        assertEquals(graphs[0].getIterationCount(), graphs[1].getIterationCount());
    }

    @Test
    void everySecondEpochIsHandedOverAndLogged() {
        ComputationGraph graph = network("concat", true);
        List<UnimodalEvaluation> handed = new ArrayList<>();
        ModalityEvaluationListener listener =
                new ModalityEvaluationListener(Batches.of(3), 2, handed::add);
        graph.setListeners(listener);
        assertTrue(listener.latest().isEmpty());
        String log = Logs.of(() -> graph.fit(Batches.of(2), 5));
        assertEquals(2, handed.size());
        assertEquals(handed.get(1), listener.latest().orElseThrow());
        assertEquals(24, handed.get(0).fused().examples());
        // tests log warnings only
        assertTrue(!log.contains("Not evaluated"), log);
    }

    @Test
    void theLatestIsThatOfTheTrainedNetwork() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().score("audio", ScoreSource.probe()),
                        Fusions.all(new Adam(0.02)).get("concat"));
        ModalityEvaluationListener listener = new ModalityEvaluationListener(Batches.of(3), 1);
        graph.setListeners(listener);
        graph.fit(Batches.of(4), 3);
        assertEquals(
                ModulatedOptimizer.evaluate(graph, Batches.of(3)).toString(),
                listener.latest().orElseThrow().toString());
    }

    @Test
    void aNetworkThatDivergedTrainsOn() {
        ComputationGraph graph = network("concat", false);
        graph.getLayer("out").getParam("b").assign(Double.NaN);
        ModalityEvaluationListener listener = new ModalityEvaluationListener(Batches.of(1), 1);
        graph.setListeners(listener);
        String log = Logs.of(() -> graph.fit(Batches.of(1), 2));
        assertEquals(2, log.split("Not evaluated after epoch", -1).length - 1, log);
        assertTrue(listener.latest().isEmpty());
        assertEquals(2, graph.getEpochCount());
    }

    @Test
    void earlyStoppingCallsItToo() {
        ComputationGraph graph = network("concat", true);
        ModalityEvaluationListener listener = new ModalityEvaluationListener(Batches.of(1), 1);
        graph.setListeners(listener);
        new EarlyStoppingGraphTrainer(
                        new EarlyStoppingConfiguration.Builder<ComputationGraph>()
                                .epochTerminationConditions(new MaxEpochsTerminationCondition(2))
                                .scoreCalculator(new DataSetLossCalculator(Batches.of(1), true))
                                .build(),
                        graph,
                        Batches.of(2),
                        null)
                .fit();
        assertEquals(8, listener.latest().orElseThrow().fused().examples());
    }

    /** DL4J evaluates a truncated network segment by segment, and clears its state. */
    @Test
    void truncatedBackpropagation() {
        ComputationGraph[] graphs = new ComputationGraph[2];
        List<MultiDataSet> batches = List.of(Nets.sequences(4, 6, 1), Nets.sequences(4, 6, 2));
        for (int run = 0; run < 2; run++) {
            var builder = Nets.recurrent(new Nesterovs(0.05, 0.9));
            builder.backpropType(BackpropType.TruncatedBPTT)
                    .tBPTTForwardLength(4)
                    .tBPTTBackwardLength(4);
            graphs[run] = Nets.modulated(ModulatedOptimizer.builder(), builder.build());
            if (run == 1) {
                graphs[1].setListeners(new ModalityEvaluationListener(new Batches(batches), 1));
            }
            graphs[run].fit(new Batches(batches), 3);
        }
        Compare.same(graphs[0].params(), graphs[1].params(), "parameters");
        Evaluation expected = graphs[1].evaluate(new Batches(batches));
        assertEquals(
                expected.confusionToString(),
                ModulatedOptimizer.evaluate(graphs[1], new Batches(batches))
                        .fused()
                        .classes()
                        .confusionToString());
    }

    @Test
    void twoWorkersTrainAndTheirNetworkIsEvaluated() {
        ComputationGraph graph = network("concat", true);
        ModalityEvaluationListener listener = new ModalityEvaluationListener(Batches.of(2), 1);
        ParallelWrapper wrapper =
                new ParallelWrapper.Builder<>(graph).workers(2).averagingFrequency(1).build();
        wrapper.setListeners(listener);
        wrapper.fit(Batches.of(6));
        wrapper.shutdown();
        assertTrue(listener.latest().isEmpty(), "DL4J tells no listener of the end of an epoch");
        assertEquals(16, ModulatedOptimizer.evaluate(graph, Batches.of(2)).fused().examples());
    }

    @Test
    void optionsAreChecked() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ModalityEvaluationListener(Batches.of(1), 0));
        assertThrows(
                NullPointerException.class,
                () -> new ModalityEvaluationListener(Batches.of(1), 1, null));
    }
}
