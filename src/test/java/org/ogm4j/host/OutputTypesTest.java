package org.ogm4j.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** What the configuration tells of the outputs of vertices. */
class OutputTypesTest {

    static Stream<Arguments> layers() {
        InputType steps = InputType.recurrent(3, 5);
        InputType image = InputType.convolutional(8, 8, 1);
        return Stream.of(
                Arguments.of(InputType.feedForward(3), List.of(dense()), InputType.Type.FF, 4),
                Arguments.of(steps, List.of(lstm()), InputType.Type.RNN, 6),
                Arguments.of(steps, List.of(lstm(), activation()), InputType.Type.RNN, 6),
                Arguments.of(steps, List.of(new LastTimeStep(lstm())), InputType.Type.FF, 6),
                Arguments.of(
                        InputType.recurrent(4, 5),
                        List.of(Fusions.attention()),
                        InputType.Type.RNN,
                        4),
                Arguments.of(
                        steps,
                        List.of(new Convolution1DLayer.Builder(2).nOut(7).build()),
                        InputType.Type.RNN,
                        7),
                Arguments.of(image, List.of(convolution()), InputType.Type.CNN, 2),
                Arguments.of(
                        image,
                        List.of(convolution(), new SubsamplingLayer.Builder().build()),
                        InputType.Type.CNN,
                        2),
                Arguments.of(
                        image,
                        List.of(convolution(), new GlobalPoolingLayer(PoolingType.MAX)),
                        InputType.Type.FF,
                        2));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void areThoseOfTheLayers(InputType input, List<Layer> layers, InputType.Type kind, long width) {
        var builder = Nets.base().graphBuilder().addInputs("in");
        String last = "in";
        for (int i = 0; i < layers.size(); i++) {
            builder.addLayer("layer" + i, layers.get(i), last);
            last = "layer" + i;
        }
        ComputationGraphConfiguration conf =
                builder.addLayer("out", Nets.output(), last)
                        .setOutputs("out")
                        .setInputTypes(input)
                        .build();
        InputType type = OutputTypes.of(conf, last).orElseThrow();
        assertEquals(kind, type.getType());
        assertEquals(width, OutputTypes.width(type));
    }

    /** A dense layer on a sequence has a row for every step, until the steps are put together. */
    @Test
    void rowsMayBeSteps() {
        GraphBuilder builder = Nets.base().graphBuilder();
        builder.addInputs("in")
                .addLayer("steps", lstm(), "in")
                .addLayer("rows", dense(), "steps")
                .addLayer("again", dense(), "rows")
                .addVertex("sum", Nets.add(), "rows", "again")
                .addVertex(
                        "sequence",
                        new PreprocessorVertex(new FeedForwardToRnnPreProcessor()),
                        "sum")
                .addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), "sequence")
                .addLayer("dense", dense(), "mean")
                .addLayer("out", Nets.output(), "dense")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(3, 5));
        ComputationGraphConfiguration conf = builder.build();
        List<String> rows =
                Stream.of("steps", "rows", "again", "sum", "sequence", "mean", "dense", "out")
                        .filter(name -> !ExampleRows.areExamples(conf, name))
                        .toList();
        assertEquals(List.of("rows", "again", "sum"), rows);
    }

    private static DenseLayer dense() {
        return Nets.layer(4);
    }

    private static LSTM lstm() {
        return Nets.lstm(6);
    }

    private static ActivationLayer activation() {
        return new ActivationLayer(Activation.RELU);
    }

    private static ConvolutionLayer convolution() {
        return new ConvolutionLayer.Builder(2, 2).nOut(2).build();
    }
}
