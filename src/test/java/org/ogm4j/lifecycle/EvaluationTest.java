package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.deeplearning4j.ui.model.stats.J7StatsListener;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.stats.api.StatsType;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.evaluation.IEvaluation;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.classification.ROCMultiClass;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ModulationListener;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Batches;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.ConstantRule;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** DL4J's evaluation and its listeners on a modulated network. */
class EvaluationTest {

    @ParameterizedTest
    @ValueSource(strings = {"concat", "film", "deep"})
    void evaluationIsThatOfTheStrippedNetwork(String fusion) {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().score("audio", ScoreSource.probe()),
                        Fusions.all(new Adam(0.02)).get(fusion));
        graph.fit(Batches.of(5), 3);
        ComputationGraph plain = ModulatedOptimizer.strip(graph);

        Evaluation accuracy = graph.evaluate(Batches.of(8));
        Evaluation expected = plain.evaluate(Batches.of(8));
        assertEquals(64, accuracy.getNumRowCounter());
        assertEquals(expected.confusionToString(), accuracy.confusionToString());
        assertTrue(accuracy.accuracy() > 0.4, "it has learned: " + accuracy.accuracy());

        IEvaluation<?>[] several = graph.doEvaluation(Batches.of(8), evaluations());
        IEvaluation<?>[] both = plain.doEvaluation(Batches.of(8), evaluations());
        for (int i = 0; i < both.length; i++) {
            assertEquals(both[i].stats(), several[i].stats());
        }
        MultiDataSet batch = Nets.batch(8, 3);
        assertEquals(plain.score(batch), graph.score(batch));
        Compare.same(
                plain.outputSingle(batch.getFeatures()),
                graph.outputSingle(batch.getFeatures()),
                "output");
    }

    static List<Function<StatsStorageRouter, TrainingListener>> statsListeners() {
        return List.of(
                storage -> new StatsListener(storage, 1),
                storage -> new J7StatsListener(storage, 1));
    }

    @ParameterizedTest
    @MethodSource("statsListeners")
    void dl4jsListenersSeeAndChangeNothing(
            Function<StatsStorageRouter, TrainingListener> statsListener) {
        InMemoryStatsStorage storage = new InMemoryStatsStorage();
        ComputationGraph watched = network();
        int[] steps = {0};
        watched.setListeners(
                new ModulationListener(step -> steps[0]++),
                new PerformanceListener(1, true),
                new ScoreIterationListener(1),
                statsListener.apply(storage));
        watched.fit(Batches.of(4), 2);
        ComputationGraph alone = network();
        alone.fit(Batches.of(4), 2);
        Compare.same(alone.params(), watched.params(), "parameters");
        Compare.same(alone.updaterState(), watched.updaterState(), "updater state");
        assertEquals(8, steps[0]);

        String session = storage.listSessionIDs().get(0);
        String type = storage.listTypeIDsForSession(session).get(0);
        List<Persistable> updates = storage.getAllUpdatesAfter(session, type, 0);
        assertFalse(updates.isEmpty());
        StatsReport last = (StatsReport) updates.get(updates.size() - 1);
        assertEquals(7, last.getIterationCount());
        assertTrue(Double.isFinite(last.getScore()));
    }

    /**
     * What the page's chart of updates against parameters shows is the modulated step: 0 with k =
     * 0.
     */
    @Test
    void theUpdatesOfDl4jsPageHaveTheCoefficientInThem() {
        for (IUpdater updater : List.of(new Sgd(0.1), new Adam(0.01))) {
            InMemoryStatsStorage storage = new InMemoryStatsStorage();
            ComputationGraph graph =
                    Nets.init(
                            ModulatedOptimizer.builder()
                                    .rule(new ConstantRule(0))
                                    .noise(GradientNoise.none())
                                    .build()
                                    .modulate(Nets.dense(updater)));
            graph.setListeners(new StatsListener(storage, 1));
            graph.fit(Batches.of(4), 1);

            String session = storage.listSessionIDs().get(0);
            String type = storage.listTypeIDsForSession(session).get(0);
            List<Persistable> updates = storage.getAllUpdatesAfter(session, type, 0);
            StatsReport last = (StatsReport) updates.get(updates.size() - 1);
            Map<String, Double> magnitudes = last.getMeanMagnitudes(StatsType.Updates);
            assertEquals(0, magnitudes.get("visual_fc_W"), 0, "" + updater);
            assertTrue(magnitudes.get("out_W") > 0, "" + updater);
        }
    }

    private static IEvaluation<?>[] evaluations() {
        return new IEvaluation<?>[] {new Evaluation(), new ROCMultiClass(0)};
    }

    private static ComputationGraph network() {
        return Nets.init(ModulatedOptimizer.builder().build().modulate(Nets.dense(new Adam(0.01))));
    }
}
