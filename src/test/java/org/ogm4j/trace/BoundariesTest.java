package org.ogm4j.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** Where encoders end. */
class BoundariesTest {

    private static final ModulatedOptimizer.Builder PLAIN = ModulatedOptimizer.builder();

    @Test
    void whatFollowsANamedEndIsFusion() {
        GraphBuilder builder = Nets.encoders();
        builder.addLayer("audio_2", dense(), "audio_fc")
                .addLayer("visual_2", dense(), "visual_fc")
                .addVertex("concat", new MergeVertex(), "audio_2", "visual_2");
        ComputationGraphConfiguration conf = Fusions.classified(builder, "concat");
        assertEncoders(PLAIN, conf, "audio_fc, audio_2", "visual_fc, visual_2");
        ModulatedOptimizer.Builder named =
                ModulatedOptimizer.builder().encoder("audio", "audio_fc");
        assertEncoders(named, conf, "audio_fc", "visual_fc, visual_2");
    }

    /** FiLM with visual features that also go on by themselves. */
    @Test
    void onlyTheFactorsOfAProductAreFusion() {
        GraphBuilder builder = Nets.encoders();
        builder.addLayer("gamma", dense(), "visual_fc")
                .addLayer("visual_2", dense(), "visual_fc")
                .addLayer("visual_3", dense(), "visual_2")
                .addVertex("scaled", Nets.product(), "audio_fc", "gamma")
                .addVertex("concat", new MergeVertex(), "scaled", "visual_3");
        ComputationGraphConfiguration conf = Fusions.classified(builder, "concat");
        assertEncoders(PLAIN, conf, "audio_fc", "visual_fc, visual_2, visual_3");
    }

    @Test
    void theSummandsOfASumAreEncoders() {
        GraphBuilder builder = Nets.encoders();
        builder.addLayer("audio_2", dense(), "audio_fc")
                .addLayer("visual_2", dense(), "visual_fc")
                .addVertex("sum", Nets.add(), "audio_2", "visual_2");
        ComputationGraphConfiguration conf = Fusions.classified(builder, "sum");
        assertEncoders(PLAIN, conf, "audio_fc, audio_2", "visual_fc, visual_2");
        assertEncoders(PLAIN, Fusions.bilinear(new Sgd(0.1)), "audio_fc", "visual_fc");
    }

    @Test
    void longEncodersAreAbbreviated() {
        GraphBuilder builder = Nets.encoders();
        String last = "audio_fc";
        for (int i = 2; i <= 5; i++) {
            builder.addLayer("audio_" + i, dense(), last);
            last = "audio_" + i;
        }
        builder.addVertex("concat", new MergeVertex(), last, "visual_fc");
        assertEncoders(
                PLAIN,
                Fusions.classified(builder, "concat"),
                "audio_fc, audio_2, ... audio_5 (5)",
                "visual_fc");
    }

    private static void assertEncoders(
            ModulatedOptimizer.Builder builder,
            ComputationGraphConfiguration conf,
            String audio,
            String visual) {
        String described = builder.build().describe(conf);
        List<String> encoders =
                described
                        .lines()
                        .filter(line -> line.contains("|"))
                        .skip(1)
                        .map(line -> line.split("\\|", -1)[2].strip())
                        .toList();
        assertEquals(List.of(audio, visual), encoders, described);
    }

    private static DenseLayer dense() {
        return Nets.layer(4);
    }
}
