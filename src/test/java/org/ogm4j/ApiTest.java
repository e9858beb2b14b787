package org.ogm4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Logs;
import org.ogm4j.testing.Nets;

/** What users of the API meet at its edges. */
class ApiTest {

    @Test
    void thereIsNoLastModulationBeforeInit() {
        ComputationGraph graph =
                new ComputationGraph(ModulatedOptimizer.builder().build().modulate(Nets.dense()));
        assertTrue(ModulatedOptimizer.lastModulation(graph).isEmpty());
    }

    @Test
    void alphaAndRuleAreOneOption() {
        CoefficientRule rule = CoefficientRule.tpami2024(0.5);
        IllegalStateException thrown =
                assertThrows(
                        IllegalStateException.class,
                        () -> ModulatedOptimizer.builder().alpha(0.5).rule(rule));
        assertTrue(thrown.getMessage().contains("leave one of them out"), thrown.getMessage());
        assertThrows(
                IllegalStateException.class,
                () -> ModulatedOptimizer.builder().rule(rule).alpha(0.5));
        ModulatedOptimizer.builder().alpha(0.5).alpha(0.6).build();
        ModulatedOptimizer.builder().rule(rule).rule(rule).build();
    }

    @Test
    void aStepIsPrintedForPeople() {
        assertEquals(
                "score 0.1235, ratio 12.35, k 0.000, p 0.5000",
                new ModalityStep(0.123456789, 1, 12.3456789, 0, 0.5, 0, ModalityStep.Signals.NONE)
                        .toString());
        assertEquals(
                "score NaN, ratio Infinity, k 1.000, q 0.2500",
                new ModalityStep(
                                Double.NaN,
                                1,
                                Double.POSITIVE_INFINITY,
                                1,
                                1,
                                0.25,
                                ModalityStep.Signals.NONE)
                        .toString());
    }

    @Test
    void aListenerOnAPlainNetworkLogsOnceThatItIsSilent() {
        ComputationGraph graph = Nets.init(Nets.dense());
        List<Modulation> steps = new ArrayList<>();
        graph.setListeners(new ModulationListener(steps::add));
        String log =
                Logs.of(
                        () -> {
                            graph.fit(Nets.batch(4, 1));
                            graph.fit(Nets.batch(4, 2));
                        });
        assertEquals(1, log.split("the network is not modulated", -1).length - 1, log);
        assertTrue(steps.isEmpty());
    }

    @Test
    void aListenerAfterTheWindowLogsOnceWhenModulationActs() {
        ComputationGraph graph =
                Nets.init(ModulatedOptimizer.builder().epochs(0, 0).build().modulate(Nets.dense()));
        List<Modulation> steps = new ArrayList<>();
        graph.setListeners(new ModulationListener(steps::add));
        graph.fit(Nets.batch(4, 1));
        graph.incrementEpochCount();
        String log =
                Logs.of(
                        () -> {
                            graph.fit(Nets.batch(4, 1));
                            graph.fit(Nets.batch(4, 2));
                        });
        assertEquals(1, log.split("modulation acts in epochs 0 to 0", -1).length - 1, log);
        assertEquals(1, steps.size());
    }

    @Test
    void refusedBatchesAreCounted() {
        ComputationGraph graph = Nets.modulated(ModulatedOptimizer.builder(), Nets.dense());
        for (int step = 0; step < 4; step++) {
            MultiDataSet batch = Nets.batch(4, step);
            if (step % 2 == 0) {
                batch.getFeatures(0).putScalar(0, Double.NaN);
            }
            // a learning rate of 0.1 would spread the NaN
            Gradients.of(graph, batch);
            Modulation last = ModulatedOptimizer.lastModulation(graph).orElseThrow();
            assertEquals(1 + step / 2, last.refusedBatches());
        }
    }
}
