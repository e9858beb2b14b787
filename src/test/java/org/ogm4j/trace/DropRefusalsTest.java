package org.ogm4j.trace;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.PredictionModulation;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Thrown;

/** Features that cannot be dropped, and the ways out that messages name. */
class DropRefusalsTest {

    private static ModulatedOptimizer.Builder opm() {
        return ModulatedOptimizer.builder().dropFeatures(PredictionModulation.opm(0.5, 0.5));
    }

    private static void refused(
            ModulatedOptimizer.Builder builder, ComputationGraphConfiguration conf, String why) {
        String message =
                Thrown.message(
                        IllegalArgumentException.class, () -> builder.build().modulate(conf));
        assertTrue(message.contains(why), message);
        builder.dropFeatures(PredictionModulation.none()).build().modulate(conf);
    }

    private static void trains(
            ModulatedOptimizer.Builder builder, ComputationGraphConfiguration conf) {
        var graph = Nets.modulated(builder, conf);
        graph.fit(Nets.batch(4, 1));
        graph.fit(Nets.batch(4, 2));
    }

    @Test
    void rawInputs() {
        refused(
                opm(),
                raw(false),
                "features of modality \"audio\" must enter the fusion from a vertex for them to be dropped, got network input \"audio\", which \"concat\" reads: put a ScaleVertex(1) between the two");
        trains(opm(), raw(true));
    }

    private static ComputationGraphConfiguration raw(boolean behindAVertex) {
        GraphBuilder builder = Nets.encoders();
        if (behindAVertex) {
            builder.addVertex("audio_raw", new ScaleVertex(1), "audio");
        }
        return Fusions.classified(
                builder.addVertex(
                        "concat",
                        new MergeVertex(),
                        "audio_fc",
                        "visual_fc",
                        behindAVertex ? "audio_raw" : "audio"),
                "concat");
    }

    /** DL4J runs a layer with a stored state without its vertex. */
    @Test
    void storedStates() {
        ModulatedOptimizer.Builder named =
                opm().encoder("audio", "audio_rnn").score(ScoreSource.zeroOut());
        refused(
                named,
                recurrentFusion(false, BackpropType.TruncatedBPTT),
                "vertex \"audio_mixed\", which reads features that are to be dropped, must not be a recurrent layer with truncated backpropagation, got one: put a ScaleVertex(1) in front of it, or use BackpropType.Standard");
        named.dropFeatures(PredictionModulation.opm(0.5, 0.5));
        for (boolean behindAVertex : new boolean[] {true, false}) {
            var conf =
                    recurrentFusion(
                            behindAVertex,
                            behindAVertex ? BackpropType.TruncatedBPTT : BackpropType.Standard);
            var graph = Nets.modulated(named, conf);
            graph.fit(Nets.sequences(4, 8, 1));
            graph.fit(Nets.sequences(4, 8, 1));
        }
    }

    private static ComputationGraphConfiguration recurrentFusion(
            boolean behindAVertex, BackpropType type) {
        GraphBuilder builder = Nets.recurrentEncoders(new Sgd(0.1));
        if (behindAVertex) {
            builder.addVertex("audio_same", new ScaleVertex(1), "audio_rnn");
        }
        builder.addLayer("audio_mixed", Nets.lstm(3), behindAVertex ? "audio_same" : "audio_rnn");
        return Nets.sequenceOutput(builder, "audio_mixed", "visual_rnn")
                .backpropType(type)
                .tBPTTLength(4)
                .build();
    }

    @Test
    void scoresOfDroppedFeatures() {
        refused(
                opm().encoder("audio", "audio_fc"),
                deeper(),
                "score of modality \"audio\" must be read upstream of where its features are dropped, got \"audio_value\": use score(\"audio\", ScoreSource.zeroOut()), or a probe at the end of the encoder");
        refused(
                opm().encoder("audio", "audio_fc")
                        .score("audio", ScoreSource.probe().at("audio_value")),
                deeper(),
                "score of modality \"audio\" must be read upstream of where its features are dropped, got \"audio_value\"");
        trains(opm().encoder("audio", "audio_fc").score("audio", ScoreSource.zeroOut()), deeper());
        trains(
                opm().encoder("audio", "audio_fc")
                        .score("audio", ScoreSource.probe().at("audio_fc")),
                deeper());
    }

    private static ComputationGraphConfiguration deeper() {
        return Fusions.classified(
                Nets.encoders()
                        .addLayer("audio_value", Nets.layer(3), "audio_fc")
                        .addVertex("concat", new MergeVertex(), "audio_value", "visual_fc"),
                "concat");
    }

    @Test
    void isDescribed() {
        String text = opm().build().describe(Nets.dense());
        assertTrue(
                text.contains(
                        ", features dropped by opm(0.5, 0.5) in a batch with probability 0.7"),
                text);
        String own =
                ModulatedOptimizer.builder().build().describe(opm().build().modulate(Nets.dense()));
        assertTrue(own.contains("features dropped by opm(0.5, 0.5)"), own);
    }
}
