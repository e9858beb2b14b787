package org.ogm4j.trace;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** Unimodal signals that cannot be, and the ways out that messages name. */
class UnimodalRefusalsTest {

    @Test
    void whatCannotBeIsRefusedWithTheWayOut() {
        refused(
                ModulatedOptimizer.builder().unimodal("touch", UnimodalSignal.sum(1)),
                Nets.dense(),
                "unimodal must name one of the modalities [audio, visual], got \"touch\"");
        refused(
                ModulatedOptimizer.builder().unimodal(UnimodalSignal.sum(1)),
                Fusions.deep(new Sgd(0.1)),
                "got BatchNormalization in \"norm\": use score(ScoreSource.probe())");
        refused(
                ModulatedOptimizer.builder()
                        .score(ScoreSource.probe().through(new BatchNormalization()))
                        .unimodal(UnimodalSignal.sum(1)),
                Nets.dense(),
                "got BatchNormalization: leave it out of through(...)");
        refused(
                ModulatedOptimizer.builder()
                        .score(ScoreSource.probe())
                        .unimodal(UnimodalSignal.pareto()),
                Fusions.film(new Sgd(0.1)),
                "must be sum or replace where the vertex of its probe, \"visual_fc\", feeds 2 gates, got pareto");
        refused(
                ModulatedOptimizer.builder()
                        .score("audio", ScoreSource.probe().at("audio_early"))
                        .unimodal(UnimodalSignal.sum(1)),
                deeper(),
                "probe of modality \"audio\" must read an end of the encoder for a unimodal signal, got \"audio_early\"; known are [audio_fc]");
        refused(
                ModulatedOptimizer.builder()
                        .encoder("audio", "audio_early")
                        .unimodal(UnimodalSignal.replace(1)),
                deeper(),
                "unimodal signal of modality \"audio\" must reach a gate of its encoder");
    }

    @Test
    void theWaysOutAreOnes() {
        ModulatedOptimizer.builder()
                .encoder("audio", "audio_early")
                .score("audio", ScoreSource.zeroOut())
                .unimodal(UnimodalSignal.replace(1))
                .build()
                .modulate(deeper());
        ModulatedOptimizer.builder()
                .score(ScoreSource.probe())
                .unimodal(UnimodalSignal.sum(1))
                .unimodal("audio", UnimodalSignal.pareto())
                .build()
                .modulate(Fusions.film(new Sgd(0.1)));
        ModulatedOptimizer.builder()
                .score("visual", ScoreSource.probe())
                .unimodal("visual", UnimodalSignal.pareto())
                .build()
                .modulate(Fusions.deep(new Sgd(0.1)));
    }

    private static ComputationGraphConfiguration deeper() {
        return Nets.base(new Sgd(0.1))
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_early", new DenseLayer.Builder().nOut(4).build(), "audio")
                .addLayer("audio_fc", new DenseLayer.Builder().nOut(4).build(), "audio_early")
                .addLayer("visual_fc", new DenseLayer.Builder().nOut(7).build(), "visual")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    private static void refused(
            ModulatedOptimizer.Builder builder,
            ComputationGraphConfiguration conf,
            String problem) {
        ModulatedOptimizer optimizer = builder.build();
        String message =
                assertThrows(IllegalArgumentException.class, () -> optimizer.modulate(conf))
                        .getMessage();
        assertTrue(message.contains(problem), message);
    }
}
