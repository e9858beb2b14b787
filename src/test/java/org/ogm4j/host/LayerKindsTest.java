package org.ogm4j.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** Output types of all kinds of layers, against the arrays that they output. */
class LayerKindsTest {

    private static final InputType VECTOR = InputType.feedForward(4);
    private static final InputType STEPS = InputType.recurrent(4, 6);
    private static final InputType IMAGE = InputType.convolutional(6, 6, 2);
    private static final InputType LAST = InputType.convolutional(6, 6, 2, CNN2DFormat.NHWC);

    static Stream<Arguments> layers() {
        return Stream.concat(ofVectorsAndSteps(), ofImages());
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // DL4J's builders of themselves
    private static Stream<Arguments> ofVectorsAndSteps() {
        return Stream.of(
                Arguments.of(VECTOR, List.of(new RepeatVector.Builder(3).build())),
                Arguments.of(
                        VECTOR,
                        List.of(
                                new VariationalAutoencoder.Builder()
                                        .nOut(3)
                                        .encoderLayerSizes(5)
                                        .decoderLayerSizes(5)
                                        .build())),
                Arguments.of(
                        VECTOR,
                        List.of(
                                new DenseLayer.Builder().nOut(4).build(),
                                new PReLULayer.Builder().inputShape(4).build())),
                Arguments.of(
                        STEPS,
                        List.of(
                                new Bidirectional(
                                        Bidirectional.Mode.CONCAT,
                                        new LSTM.Builder().nOut(3).build()))),
                Arguments.of(
                        STEPS,
                        List.of(
                                new LSTM.Builder().nOut(3).build(),
                                new LastTimeStep(new LSTM.Builder().nOut(2).build()))),
                Arguments.of(
                        STEPS,
                        List.of(
                                new LSTM.Builder().nOut(3).build(),
                                new Subsampling1DLayer.Builder().build())),
                Arguments.of(STEPS, List.of(Fusions.attention())),
                Arguments.of(
                        STEPS,
                        List.of(
                                new SelfAttentionLayer.Builder()
                                        .nHeads(1)
                                        .projectInput(false)
                                        .build())));
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // DL4J's builders of themselves
    private static Stream<Arguments> ofImages() {
        return Stream.of(
                Arguments.of(IMAGE, List.of(new Deconvolution2D.Builder(2, 2).nOut(3).build())),
                Arguments.of(
                        IMAGE,
                        List.of(
                                new LocallyConnected2D.Builder()
                                        .kernelSize(2, 2)
                                        .nOut(3)
                                        .setInputSize(6, 6)
                                        .build())),
                Arguments.of(
                        IMAGE,
                        List.of(
                                convolution(),
                                new Upsampling2D.Builder(2).build(),
                                new ZeroPaddingLayer.Builder(1, 1).build())),
                Arguments.of(
                        IMAGE,
                        List.of(
                                new ConvolutionLayer.Builder(3, 3)
                                        .stride(3, 3)
                                        .convolutionMode(ConvolutionMode.Strict)
                                        .nOut(3)
                                        .build())),
                Arguments.of(
                        IMAGE,
                        List.of(
                                convolution(),
                                new SpaceToDepthLayer.Builder(5, CNN2DFormat.NCHW).build())),
                Arguments.of(
                        LAST,
                        List.of(
                                convolution(),
                                new BatchNormalization(),
                                new ActivationLayer(Activation.RELU),
                                new DropoutLayer(0.5),
                                new SubsamplingLayer.Builder()
                                        .dataFormat(CNN2DFormat.NHWC)
                                        .build())),
                Arguments.of(
                        LAST, List.of(convolution(), new DenseLayer.Builder().nOut(3).build())));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void areThoseOfTheArrays(InputType input, List<Layer> layers) {
        var builder = Nets.base(new Sgd(0.1)).graphBuilder().addInputs("in");
        String end = "in";
        for (int i = 0; i < layers.size(); i++) {
            builder.addLayer("layer" + i, layers.get(i).clone(), end);
            end = "layer" + i;
        }
        ComputationGraphConfiguration conf = builder.setOutputs(end).setInputTypes(input).build();
        long[] shape = input.getShape(true);
        shape[0] = 2;
        INDArray features = Nets.gaussian(new Random(1), shape);
        var outputs = Nets.init(conf).feedForward(new INDArray[] {features}, false);
        for (int i = 0; i < layers.size(); i++) {
            String name = "layer" + i;
            InputType type = OutputTypes.of(conf, name).orElseThrow(() -> new AssertionError(name));
            Formats format = Formats.of(type);
            INDArray output = outputs.get(name);
            assertEquals(output.rank(), format.rank(), name);
            assertEquals(
                    output.size(format.channelsLast() ? output.rank() - 1 : 1),
                    OutputTypes.width(type),
                    name);
        }
    }

    /** Joined in time, sequences are as wide as before. */
    @Test
    void mergesOnOtherAxes() {
        for (RNNFormat format : RNNFormat.values()) {
            boolean last = format == RNNFormat.NWC;
            MergeVertex time = new MergeVertex();
            time.setMergeAxis(last ? 1 : 2);
            MergeVertex features = new MergeVertex();
            features.setMergeAxis(last ? 2 : 1);
            ComputationGraphConfiguration conf =
                    Nets.base(new Sgd(0.1))
                            .graphBuilder()
                            .addInputs("a", "b")
                            .addLayer(
                                    "x",
                                    new LSTM.Builder().nIn(2).nOut(4).dataFormat(format).build(),
                                    "a")
                            .addLayer(
                                    "y",
                                    new LSTM.Builder().nIn(3).nOut(4).dataFormat(format).build(),
                                    "b")
                            .addVertex("time", time, "x", "y")
                            .addVertex("features", features, "x", "y")
                            .setOutputs("time", "features")
                            .build();
            OutputTypes types = new OutputTypes(conf);
            assertEquals(4, OutputTypes.width(types.of("time").orElseThrow()));
            assertEquals(8, OutputTypes.width(types.of("features").orElseThrow()));
            assertEquals(last, types.isChannelsLast("time"));
        }
    }

    /** A width that hangs on a height nobody knows is not made up. */
    @Test
    void whatIsNotKnownIsNotMadeUp() {
        ComputationGraphConfiguration conf =
                Nets.base(new Sgd(0.1))
                        .graphBuilder()
                        .addInputs("in")
                        .addLayer("dropped", new DropoutLayer(0.5), "in")
                        .addLayer(
                                "maps",
                                new ConvolutionLayer.Builder(2, 2).nIn(2).nOut(3).build(),
                                "dropped")
                        .addLayer(
                                "steps",
                                new GlobalPoolingLayer.Builder().poolingDimensions(1, 2).build(),
                                "maps")
                        .setOutputs("steps")
                        .build();
        OutputTypes types = new OutputTypes(conf);
        assertTrue(types.of("dropped").isEmpty());
        assertEquals(3, OutputTypes.width(types.of("maps").orElseThrow()));
        assertTrue(types.of("steps").isEmpty()); // as many as columns
    }

    private static ConvolutionLayer convolution() {
        return new ConvolutionLayer.Builder(2, 2).nOut(3).build();
    }
}
