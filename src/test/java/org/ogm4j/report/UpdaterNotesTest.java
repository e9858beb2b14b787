package org.ogm4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.AdamVariant;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** What describe says below its table. */
class UpdaterNotesTest {

    private static final String NOISE =
            "Noise moments: on the gradient of Sgd and Nesterovs, on the step of all others, with the variance of the"
                    + " batch gradient from its running moments; from the sixth step on, and whatever k and p are.\n";

    private static String notes(
            ModulatedOptimizer.Builder builder, ComputationGraphConfiguration conf) {
        String text = builder.build().describe(conf);
        return text.substring(
                Math.max(text.indexOf("Adam variant: "), 0), text.indexOf("settings: "));
    }

    private static ModulatedOptimizer.Builder quiet() {
        return ModulatedOptimizer.builder().noise(GradientNoise.none());
    }

    @Test
    void theSourceOfP() {
        assertEquals(
                "Adam variant: k on the step; p on the first moment, from the gradient of head \"out\" in the step before"
                        + " over the length of its features, 1 where a modality does not lead.\n"
                        + NOISE,
                notes(ModulatedOptimizer.builder(), Nets.dense(new Adam())));
        assertEquals(
                "Adam variant: k on the step; p on the first moment, from the gradient of head \"out\" in the step before"
                        + " as it is, 1 where a modality does not lead.\n",
                notes(
                        quiet().adam(AdamVariant.standard().withLiteralNorm()),
                        Nets.dense(new Adam())));
    }

    @Test
    void whyPIsOne() {
        assertEquals(
                "Adam variant: k on the step; p = 1 on the first moment, as asked for.\n",
                notes(
                        quiet().adam(AdamVariant.standard().withoutMomentCoefficient()),
                        Nets.dense(new Adam())));
        assertEquals(
                "Adam variant: k on the step; p = 1 on the first moment, since not all scores are from heads, whose"
                        + " gradient it follows.\n",
                notes(quiet(), Fusions.film(new Adam())));
        ComputationGraphConfiguration frozen = Nets.dense(new Adam());
        LayerVertex head = (LayerVertex) frozen.getVertices().get("out");
        head.getLayerConf().setLayer(new FrozenLayerWithBackprop(head.getLayerConf().getLayer()));
        assertEquals(
                "Adam variant: k on the step; p = 1 on the first moment, since head \"out\", whose gradient it follows,"
                        + " is frozen.\n",
                notes(quiet(), frozen));
    }

    /** Probes are heads that the plain network does not have, trained as their output is. */
    @Test
    void pFollowsFromTheGradientOfProbes() {
        ComputationGraphConfiguration conf = Fusions.film(new Adam(0.01));
        String probes =
                conf.getNetworkInputs().stream()
                        .map(input -> "head \"probe-" + input + "\"")
                        .collect(Collectors.joining(", "));
        ModulatedOptimizer.Builder builder = quiet().score(ScoreSource.probe());
        assertEquals(
                "Adam variant: k on the step; p on the first moment, from the gradient of "
                        + probes
                        + " in the step before over the length of its features, 1 where a modality"
                        + " does not lead.\n",
                notes(builder, conf));

        ComputationGraph net = new ComputationGraph(builder.build().modulate(conf));
        net.init();
        MultiDataSet batch = Nets.batch(16, 1);
        boolean moved = false;
        for (int step = 0; step < 5; step++) {
            net.fit(batch);
            moved |=
                    ModulatedOptimizer.lastModulation(net)
                            .orElseThrow()
                            .modalities()
                            .values()
                            .stream()
                            .anyMatch(m -> m.momentCoefficient() < 1);
        }
        assertTrue(moved, "training has p < 1 on the modality that leads, as described");

        ((BaseLayer) ((LayerVertex) conf.getVertices().get("out")).getLayerConf().getLayer())
                .setIUpdater(new NoOp());
        assertTrue(notes(builder, conf).contains("is frozen"), "probes have the output's updater");
    }

    @Test
    void nothingWhereThereIsNothingToSay() {
        assertFalse(
                ModulatedOptimizer.builder()
                        .build()
                        .describe(Nets.dense(new Sgd(0.1)))
                        .contains("Noise"));
        String other = ModulatedOptimizer.builder().build().describe(Nets.dense(new RmsProp(0.1)));
        assertTrue(other.contains("\n" + NOISE + "settings: "), other);
        assertFalse(other.contains("Adam"), other);
    }
}
