package org.ogm4j.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.BalanceRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Thrown;

/** Every message that a user can meet before training, word by word where it helps. */
class AttachErrorsTest {

    private static final ModulatedOptimizer.Builder PLAIN = ModulatedOptimizer.builder();

    @Test
    void oneModality() {
        ComputationGraphConfiguration conf =
                Nets.base()
                        .graphBuilder()
                        .addInputs("audio")
                        .addLayer("fc", Nets.layer(3), "audio")
                        .addLayer("out", Nets.output(), "fc")
                        .setOutputs("out")
                        .setInputTypes(InputType.feedForward(5))
                        .build();
        assertProblem(
                PLAIN,
                conf,
                "modalities must be at least 2, got [audio]: a network with one modality has nothing to balance");
    }

    @Test
    void inputInNoModalityInTwoAndUnknown() {
        ModulatedOptimizer.Builder builder =
                ModulatedOptimizer.builder()
                        .modality("sound", "audio", "aduio")
                        .modality("noise", "audio");
        assertProblem(
                builder,
                Nets.dense(),
                "inputs of modality \"sound\" must be network inputs, got \"aduio\"; known are [audio, visual]");
        assertProblem(
                builder,
                Nets.dense(),
                "network input \"audio\" must be in exactly one modality, got [sound, noise]; known are [sound, noise]: say"
                        + " which with modality(name, inputs...)");
        assertProblem(
                builder,
                Nets.dense(),
                "network input \"visual\" must be in exactly one modality, got []; known are [sound, noise]");
    }

    @Test
    void encoderWithoutParametersOrFrozenWhole() {
        GraphBuilder builder = Nets.base().graphBuilder();
        builder.addInputs("audio", "visual", "text")
                .addLayer("audio_fc", Nets.layer(3), "audio")
                .addLayer(
                        "visual_fc",
                        new FrozenLayer(new DenseLayer.Builder().nIn(5).nOut(3).build()),
                        "visual")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc", "text")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(
                        InputType.feedForward(5),
                        InputType.feedForward(5),
                        InputType.feedForward(5));
        ComputationGraphConfiguration conf = builder.build();
        assertProblem(
                PLAIN,
                conf,
                "encoder of modality \"text\" must have parameters to train before the modalities meet, got none in []: put a"
                        + " layer between its inputs and the fusion");
        assertProblem(
                PLAIN,
                conf,
                "encoder of modality \"visual\" must have parameters to train before the modalities meet, got only frozen"
                        + " layers in [visual_fc]: unfreeze a layer of it");
    }

    @Test
    void headThatCannotBeRead() {
        GraphBuilder deepBuilder = Nets.encoders();
        deepBuilder
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("hidden", Nets.layer(3), "concat");
        ComputationGraphConfiguration deep = Fusions.classified(deepBuilder, "hidden");
        assertProblem(
                ModulatedOptimizer.builder().score(ScoreSource.head()),
                deep,
                "scores of modality \"audio\" at output \"out\" must be readable from the head, which they are after a"
                        + " MergeVertex (axis 1) into an output layer, or an ElementWiseVertex Add of one linear DenseLayer"
                        + " per modality into a LossLayer, but its head after \"hidden\" (DenseLayer) cannot be split: use"
                        + " score(ScoreSource.zeroOut())");
        assertProblem(
                ModulatedOptimizer.builder().score("smell", ScoreSource.head()),
                deep,
                "score must name one of the modalities [audio, visual], got \"smell\"");
    }

    @Test
    void namedHeadsThatAreNone() {
        ComputationGraphConfiguration conf = Nets.dense();
        assertProblem(
                ModulatedOptimizer.builder().head("audio", "audoi"),
                conf,
                "head of modality \"audio\" must be a DenseLayer with identity activation or an output layer, got \"audoi\" (no"
                        + " layer); known are [audio_fc, visual_fc, concat, out]");
        assertProblem(
                ModulatedOptimizer.builder().head("audio", "audio_fc"),
                conf,
                "got \"audio_fc\" (DenseLayer)");
        assertProblem(
                ModulatedOptimizer.builder().head("audio", "out"),
                conf,
                "head of modality \"audio\" must be reached by that modality alone, got \"out\", reached by [audio, visual]");
        assertProblem(
                ModulatedOptimizer.builder().head("smell", "out"),
                conf,
                "head must name one of the modalities [audio, visual], got \"smell\"");
    }

    @Test
    void namedHeadWithoutALossToJudgeIt() {
        ComputationGraphConfiguration conf =
                Nets.encoders()
                        .addLayer("a", Nets.linear(), "audio_fc")
                        .addLayer("v", Nets.linear(), "visual_fc")
                        .addVertex("fused", new MergeVertex(), "a", "v")
                        .addLayer("end", Nets.linear(), "fused")
                        .setOutputs("end")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        assertProblem(
                ModulatedOptimizer.builder().head("audio", "a").head("visual", "v"),
                conf,
                "head of modality \"audio\" must be judged by an output layer with a loss, got none among the outputs"
                        + " [end] that it reaches");
    }

    @Test
    void modalitiesThatNeverMeet() {
        GraphBuilder builder =
                Nets.encoders()
                        .addLayer("a", Nets.output(), "audio_fc")
                        .addLayer("v", Nets.output(), "visual_fc")
                        .setOutputs("a", "v")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        assertProblem(
                PLAIN,
                builder.build(),
                "outputs must be reached by two or more modalities, got [a, v]");
    }

    @Test
    void modalityThatMeetsNoOther() {
        GraphBuilder builder = Nets.encoders();
        builder.addInputs("text")
                .addLayer("text_fc", Nets.layer(3), "text")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .addLayer("text_out", Nets.output(), "text_fc")
                .setOutputs("out", "text_out")
                .setInputTypes(
                        InputType.feedForward(5),
                        InputType.feedForward(6),
                        InputType.feedForward(6));
        ComputationGraphConfiguration conf = builder.build();
        assertProblem(
                PLAIN,
                conf,
                "modality \"text\" must reach an output together with another modality, got none among [out, text_out]");
    }

    @Test
    void gradientNormalizationThatUndoesTheCoefficient() {
        for (GradientNormalization kind :
                new GradientNormalization[] {
                    GradientNormalization.RenormalizeL2PerLayer,
                    GradientNormalization.RenormalizeL2PerParamType
                }) {
            assertProblem(
                    PLAIN,
                    Nets.dense(Nets.base().gradientNormalization(kind)),
                    "gradient normalization of layer \"visual_fc\" (modality \"visual\") must not undo the coefficient, got "
                            + kind);
        }
    }

    @Test
    void gradientNoiseInFrontOfAnAdaptiveUpdater() {
        ModulatedOptimizer.Builder exact =
                ModulatedOptimizer.builder().noise(GradientNoise.sgdCovariance());
        assertProblem(
                exact,
                Nets.dense(new Adam(1e-3)),
                "noise of modality \"audio\" must be moments, tensorStd or none, got sgdCovariance: the updater Adam of"
                        + " audio_fc.W divides by the size of the gradient itself, and gradient noise would be divided with it;"
                        + " leave noise(...) out, or use noise(GradientNoise.moments())");
        assertProblem(exact.updater(new Adam(1e-3)), Nets.dense(), "got sgdCovariance");
        ModulatedOptimizer.builder()
                .updater(new Nesterovs(0.1))
                .build()
                .modulate(Nets.dense(new Adam(1e-3)));
        ModulatedOptimizer.builder()
                .noise(GradientNoise.sgdCovariance().scaledBy(0))
                .build()
                .modulate(Nets.dense(new Adam(1e-3)));
    }

    @Test
    void noiseForAnUpdaterOfUnknownKind() {
        assertProblem(
                ModulatedOptimizer.builder(),
                Nets.dense(new AdaBelief(1e-3)),
                "noise of modality \"audio\" must be none, got MOMENTS: what the updater AdaBelief of audio_fc.W makes of the"
                        + " gradient's variance is not known; use noise(GradientNoise.none()), or an updater of DL4J other"
                        + " than AdaBelief");
    }

    @Test
    void allProblemsComeTogether() {
        String message =
                problem(
                        ModulatedOptimizer.builder().head("smell", "out").head("audio", "nose"),
                        Nets.dense(new Adam(1e-3)));
        assertEquals(3, message.lines().count(), message);
    }

    @Test
    void frozenFusion() {
        GraphBuilder builder = Nets.encoders();
        builder.addVertex("concat", new FrozenVertex(new MergeVertex()), "audio_fc", "visual_fc");
        ComputationGraphConfiguration conf = Fusions.classified(builder, "concat");
        assertProblem(
                ModulatedOptimizer.builder(),
                conf,
                "vertex \"concat\" downstream of the encoders [audio, visual] must let gradients through, got a frozen one:"
                        + " nothing upstream of it would train; unfreeze it");
    }

    @Test
    void aVertexWithTheNameOfAProbe() {
        GraphBuilder builder = Nets.encoders();
        builder.addLayer("probe-audio", Nets.layer(3), "audio_fc")
                .addVertex("concat", new MergeVertex(), "probe-audio", "visual_fc");
        ComputationGraphConfiguration conf = Fusions.classified(builder, "concat");
        assertProblem(
                ModulatedOptimizer.builder().score("audio", ScoreSource.probe()),
                conf,
                "names of vertices must not start with \"probe-audio\", which is the probe's, got [audio_fc, visual_fc,"
                        + " probe-audio, concat, out]");
    }

    @Test
    void aPartOfAWindowWithoutAnEnd() {
        String problem = "window must have an end for the rule WeakestFirst[part=0.5, epochs=0]";
        ModulatedOptimizer.Builder builder =
                ModulatedOptimizer.builder().rule(BalanceRule.weakestFirst());
        assertProblem(builder, Nets.dense(), problem);
        builder.epochs(0, 9).build().modulate(Nets.dense());
        ModulatedOptimizer.builder()
                .rule(BalanceRule.weakestFirst(0.5, 20))
                .build()
                .modulate(Nets.dense());
    }

    @Test
    void modulatedTwice() {
        ModulatedOptimizer optimizer = PLAIN.build();
        assertMessage(
                IllegalStateException.class,
                () -> optimizer.modulate(optimizer.modulate(Nets.dense())),
                "network must not be modulated yet, got one that is: to change the settings, call ModulatedOptimizer.strip"
                        + " first");
    }

    @Test
    void optionsOutOfRange() {
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder();
        assertMessage(
                IllegalArgumentException.class,
                () -> builder.alpha(-0.5),
                "alpha must be positive and finite, got -0.5");
        assertMessage(
                IllegalArgumentException.class,
                () -> builder.epochs(5, 4),
                "epochs must be first <= last, counted from 0, got first = 5, last = 4");
        assertMessage(
                IllegalArgumentException.class,
                () -> builder.epochs(-1, 4),
                "epochs must be first <= last, counted from 0, got first = -1, last = 4");
        assertMessage(
                IllegalArgumentException.class,
                () -> GradientNoise.sgdCovariance().scaledBy(Double.NaN),
                "factor must be at least 0 and finite, got NaN");
        assertMessage(
                IllegalArgumentException.class,
                () -> builder.modality("a"),
                "inputs of modality \"a\" must be at least 1, got none");
        assertMessage(
                IllegalArgumentException.class,
                () -> builder.modality("b", "x").modality("b", "y"),
                "names of modalities must differ, got \"b\" twice");
        assertMessage(
                IllegalArgumentException.class,
                () -> builder.head("b", "x").head("b", "y"),
                "heads must be one per modality, got two for \"b\"");
        assertMessage(
                IllegalArgumentException.class,
                () -> builder.scoreEvery(1).scoreEvery(0),
                "scoreEvery must be at least 1, got 0");
        assertMessage(
                IllegalArgumentException.class,
                () -> builder.encoder("a"),
                "encoder of modality \"a\" must be given once, with its ends, got no ends");
        assertMessage(
                IllegalArgumentException.class,
                () -> builder.encoder("b", "x").encoder("b", "y"),
                "encoder of modality \"b\" must be given once, with its ends, got a second call");
    }

    private static void assertProblem(
            ModulatedOptimizer.Builder builder,
            ComputationGraphConfiguration conf,
            String expected) {
        String message = problem(builder, conf);
        assertTrue(message.contains(expected), message);
    }

    private static String problem(
            ModulatedOptimizer.Builder builder, ComputationGraphConfiguration conf) {
        ModulatedOptimizer optimizer = builder.build();
        return Thrown.message(IllegalArgumentException.class, () -> optimizer.modulate(conf));
    }

    private static void assertMessage(
            Class<? extends Throwable> type, Executable code, String message) {
        assertEquals(message, assertThrows(type, code).getMessage());
    }
}
