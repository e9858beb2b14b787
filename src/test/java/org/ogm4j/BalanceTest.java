package org.ogm4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;

/** What each preset sets, and that it trains. */
class BalanceTest {

    private static final ComputationGraphConfiguration CONF = Nets.dense(new Sgd(0.1));

    @SuppressWarnings("unused") // by name
    private static final List<Map.Entry<String, ModulatedOptimizer.Builder>> PRESETS =
            List.of(
                    Map.entry("rule Cvpr2022[alpha=0.8]", Balance.ogmGe(0.8)),
                    Map.entry("features dropped by opm(0.5, 0.5)", Balance.opm()),
                    Map.entry("sum(2.0)", Balance.uniform(2)),
                    Map.entry("replace(3.0)", Balance.dgl(3)),
                    Map.entry("pareto", Balance.mmPareto()),
                    Map.entry("rule Agm[alpha=1.0]", Balance.agm(1)),
                    Map.entry("rule WeakestFirst[part=0.5, epochs=0]", g2d()),
                    Map.entry("features(2.0)", Balance.distillation(2, teachers())),
                    Map.entry("epochs 0 to 19", Balance.recommended(20, teachers())));

    private static ModulatedOptimizer.Builder g2d() {
        return Balance.g2d(teachers()).epochs(0, 9);
    }

    private static Map<String, ComputationGraph> teachers() {
        Map<String, ComputationGraph> teachers = new HashMap<>();
        for (String modality : List.of("audio", "visual")) {
            teachers.put(
                    modality,
                    Nets.init(ModulatedOptimizer.builder().build().unimodal(CONF, modality)));
        }
        return teachers;
    }

    @ParameterizedTest
    @FieldSource("PRESETS")
    void saysWhatItDoesAndTrains(Map.Entry<String, ModulatedOptimizer.Builder> preset) {
        ModulatedOptimizer optimizer = preset.getValue().build();
        String described = optimizer.describe(CONF);
        assertTrue(described.contains(preset.getKey()), described);
        ComputationGraph graph = Nets.init(optimizer.modulate(CONF));
        INDArray before = graph.getParam("audio_fc_W").dup();
        for (int step = 0; step < 3; step++) {
            graph.fit(Nets.batch(16, step));
        }
        Modulation last = ModulatedOptimizer.lastModulation(graph).orElseThrow();
        assertEquals(0, last.refusedBatches());
        assertNotEquals(before, graph.getParam("audio_fc_W"));
    }

    /** The methods of unimodal losses use no coefficient and no noise. */
    @Test
    void uniformIsPlainTrainingPlusTheOwnLosses() {
        MultiDataSet batch = Nets.batch(16, 1);
        ComputationGraph preset = Nets.init(Balance.uniform(1).build().modulate(CONF));
        ComputationGraph byHand =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .rule(rho -> 1)
                                .noise(GradientNoise.none())
                                .score(ScoreSource.probe())
                                .unimodal(UnimodalSignal.sum(1))
                                .build()
                                .modulate(CONF));
        preset.fit(batch);
        byHand.fit(batch);
        Compare.same(byHand.params(), preset.params(), "parameters");
        for (ModalityStep step :
                ModulatedOptimizer.lastModulation(preset).orElseThrow().modalities().values()) {
            assertEquals(1, step.coefficient());
        }
    }

    @Test
    void g2dNeedsAnEnd() {
        ModulatedOptimizer endless = g2d().epochs(0, Integer.MAX_VALUE).build();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> endless.modulate(CONF));
        assertTrue(e.getMessage().contains("window must have an end"), e.getMessage());
    }

    @Test
    void recommendedIsG2dInAllEpochs() {
        Map<String, ComputationGraph> teachers = teachers();
        assertEquals(
                Balance.g2d(teachers).epochs(0, 9).build().modulate(CONF).toJson(),
                Balance.recommended(10, teachers).build().modulate(CONF).toJson());
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> Balance.recommended(0, teachers));
        assertEquals("epochs must be at least 1, got 0", e.getMessage());
    }
}
