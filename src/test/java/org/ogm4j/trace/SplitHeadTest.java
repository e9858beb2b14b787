package org.ogm4j.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Thrown;

/** Which heads are read as they are, and which need a pass of their own per modality. */
class SplitHeadTest {

    private static final String CONCATENATION = "(concatenation)";
    private static final String SUM = "(sum)";
    private static final String ZERO_OUT = "zero-out at out (its head after";

    static Stream<Arguments> heads() {
        InputType image = InputType.convolutional(4, 4, 1);
        InputType volume = InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 3, 3, 3, 1);
        InputType sequence = InputType.recurrent(2, 5);
        InputType vector = InputType.feedForward(5);
        return Stream.of(
                Arguments.of(
                        "channels, flattened",
                        concatenated(image, convolution(), convolution(), Nets.output()),
                        CONCATENATION),
                Arguments.of(
                        "steps, one under the other",
                        concatenated(sequence, lstm(), lstm(), Nets.output()),
                        CONCATENATION),
                Arguments.of(
                        "vectors, as steps",
                        concatenated(vector, dense(), dense(), rnnOutput(RNNFormat.NCW)),
                        CONCATENATION),
                Arguments.of(
                        "volumes, flattened",
                        concatenated(volume, convolution3d(), convolution3d(), Nets.output()),
                        ZERO_OUT),
                Arguments.of("a concatenation in it", nested(new MergeVertex()), CONCATENATION),
                Arguments.of("a concatenation of steps in it", nested(Fusions.joined()), ZERO_OUT),
                Arguments.of("a sum in the sum", sumInSum(), SUM),
                Arguments.of("a product in the sum", productInSum(), ZERO_OUT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heads")
    void areReadAsTheyAreWhereThatGivesTheLogits(
            String name, ComputationGraphConfiguration conf, String source) {
        String described = ModulatedOptimizer.builder().build().describe(conf);
        long modalities = conf.getNetworkInputs().size();
        assertEquals(
                modalities,
                described.lines().filter(line -> line.contains(source)).count(),
                described);
    }

    @Test
    void classesOnTheLastAxisCannotBe() {
        InputType sequence = InputType.recurrent(2, 5, RNNFormat.NWC);
        assertClassesOnLastAxis(concatenated(sequence, lstm(), lstm(), rnnOutput(RNNFormat.NWC)));
        assertClassesOnLastAxis(
                concatenated(InputType.feedForward(5), dense(), dense(), rnnOutput(RNNFormat.NWC)));
        RnnLossLayer loss =
                new RnnLossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .dataFormat(RNNFormat.NWC)
                        .build();
        assertClassesOnLastAxis(concatenated(sequence, lstm(), lstm(), loss));
    }

    private static void assertClassesOnLastAxis(ComputationGraphConfiguration conf) {
        ModulatedOptimizer optimizer = ModulatedOptimizer.builder().build();
        String message =
                Thrown.message(IllegalArgumentException.class, () -> optimizer.modulate(conf));
        assertTrue(message.contains("RnnLossLayer (NCW) for [audio, visual] to be"), message);
    }

    /** Per-pixel losses have no score, and an output of sound alone has none of pictures. */
    @Test
    void theFirstFusedOutputWithAScoreJudgesAProbe() {
        CnnLossLayer pixels =
                new CnnLossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build();
        InputType image = InputType.convolutional(4, 4, 1);
        ComputationGraphConfiguration conf =
                encoders(convolution(), convolution())
                        .addVertex("concat", new MergeVertex(), "audio_end", "visual_end")
                        .addLayer("aside", Nets.output(), "audio_end")
                        .addLayer("pixels", pixels, "concat")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("aside", "pixels", "out")
                        .setInputTypes(image, image)
                        .build();
        String described =
                ModulatedOptimizer.builder().score(ScoreSource.probe()).build().describe(conf);
        assertEquals(
                2,
                described.lines().filter(line -> line.contains("labels of out")).count(),
                described);
    }

    private static ComputationGraphConfiguration concatenated(
            InputType type, BaseLayer audio, BaseLayer visual, BaseLayer output) {
        return encoders(audio, visual)
                .addVertex("concat", new MergeVertex(), "audio_end", "visual_end")
                .addLayer("out", output, "concat")
                .setOutputs("out")
                .setInputTypes(type, type)
                .build();
    }

    private static GraphBuilder encoders(BaseLayer audio, BaseLayer visual) {
        return Nets.base()
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_end", audio, "audio")
                .addLayer("visual_end", visual, "visual");
    }

    /** Sequences of sound and pictures, joined, and then joined with text. */
    private static ComputationGraphConfiguration nested(MergeVertex inner) {
        return Fusions.tokens(new Sgd(0.1))
                .addInputs("text")
                .addLayer("text_end", new LSTM.Builder().nIn(2).nOut(3).build(), "text")
                .addVertex("inner", inner, "audio_fc", "visual_fc")
                .addVertex("outer", new MergeVertex(), "text_end", "inner")
                .addLayer(
                        "out",
                        rnnOutput(RNNFormat.NCW, inner.getMergeAxis() == 2 ? 7 : 11),
                        "outer")
                .setOutputs("out")
                .build();
    }

    private static ComputationGraphConfiguration sumInSum() {
        return heads(ElementWiseVertex.Op.Add)
                .addInputs("text")
                .addLayer("text_fc", dense(), "text")
                .addLayer("text_head", Nets.linear(), "text_fc")
                .addVertex("sum", add(), "text_head", "fusion")
                .addLayer("out", Nets.loss(), "sum")
                .setOutputs("out")
                .setInputTypes(
                        InputType.feedForward(5),
                        InputType.feedForward(6),
                        InputType.feedForward(3))
                .build();
    }

    /** With as many heads in the sum as there are modalities. */
    private static ComputationGraphConfiguration productInSum() {
        return heads(ElementWiseVertex.Op.Product)
                .addLayer("audio_more", Nets.linear(), "audio_fc")
                .addLayer("visual_more", Nets.linear(), "visual_fc")
                .addVertex("sum", add(), "audio_more", "visual_more", "fusion")
                .addLayer("out", Nets.loss(), "sum")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    private static GraphBuilder heads(ElementWiseVertex.Op fusion) {
        return Nets.heads(Nets.encoders(), new ElementWiseVertex(fusion), "audio_fc", "visual_fc");
    }

    private static ElementWiseVertex add() {
        return Nets.add();
    }

    private static DenseLayer dense() {
        return Nets.layer(4);
    }

    private static LSTM lstm() {
        return Nets.lstm(3);
    }

    private static ConvolutionLayer convolution() {
        return new ConvolutionLayer.Builder(2, 2).nOut(2).build();
    }

    private static Convolution3D convolution3d() {
        return new Convolution3D.Builder(2, 2, 2).nOut(2).build();
    }

    private static RnnOutputLayer rnnOutput(RNNFormat format) {
        return rnnOutput(format, 0);
    }

    private static RnnOutputLayer rnnOutput(RNNFormat format, int in) {
        return new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(in)
                .nOut(Nets.CLASSES)
                .activation(Activation.SOFTMAX)
                .dataFormat(format)
                .build();
    }
}
