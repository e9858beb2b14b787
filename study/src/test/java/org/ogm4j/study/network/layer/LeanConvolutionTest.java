package org.ogm4j.study.network.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.study.network.layer.LeanCase.Engine;

/** The numbers are those of DL4J's own layer. */
class LeanConvolutionTest {

    private final String before = System.getProperty(LeanCase.DISABLE, "true");

    @AfterEach
    void reset() {
        System.setProperty(LeanCase.DISABLE, before);
    }

    private static void eachEngine(LeanCase options) {
        for (Engine engine : Engine.values()) {
            options.check(engine);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void isDl4js(Engine engine) {
        new LeanCase().check(engine);
    }

    @ParameterizedTest
    @CsvSource({
        "Same,1,1,1,1", "Same,2,1,1,1", "Same,4,3,1,1", "Same,1,1,2,2",
        "Truncate,1,1,1,1", "Truncate,1,2,1,1", "Truncate,2,3,1,1", "Truncate,1,1,2,2"
    })
    void withAnyGeometry(ConvolutionMode mode, int down, int right, int dilatedBy, int dilatedTo) {
        LeanCase options = new LeanCase();
        options.first =
                builder ->
                        builder.convolutionMode(mode)
                                .stride(down, right)
                                .dilation(dilatedBy, dilatedTo);
        eachEngine(options);
    }

    @Test
    void withPadding() {
        LeanCase options = new LeanCase();
        options.first = builder -> builder.padding(2, 1);
        eachEngine(options);
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void inBothFormatsWithAndWithoutBias(CNN2DFormat format) {
        LeanCase options = new LeanCase();
        options.format = format;
        eachEngine(options);
        options.both = builder -> builder.hasBias(false);
        eachEngine(options);
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"RELU", "TANH", "LEAKYRELU", "SWISH"})
    void withActivations(Activation activation) {
        LeanCase options = new LeanCase();
        options.activation = activation;
        eachEngine(options);
        options.format = CNN2DFormat.NHWC;
        options.check(Engine.DOUBLE);
        options.check(Engine.FLOAT);
        if (activation != Activation.RELU) { // which is wrong in DL4J with oneDNN
            options.check(Engine.ONEDNN);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WorkspaceMode.class,
            names = {"NONE", "ENABLED"})
    void withWorkspacesOrNot(WorkspaceMode mode) {
        LeanCase options = new LeanCase();
        options.workspaces = mode;
        eachEngine(options);
    }

    /** DL4J then keeps outputs and columns of the forward pass. */
    @Test
    void withACache() {
        LeanCase options = new LeanCase();
        options.cache = CacheMode.DEVICE;
        eachEngine(options);
        options.activation = Activation.TANH;
        eachEngine(options);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void ofFewExamples(int examples) {
        LeanCase options = new LeanCase();
        options.examples = examples;
        options.channels = 1;
        eachEngine(options);
    }

    /** 2^18 columns at a time are two of five examples, or less than one. */
    @ParameterizedTest
    @ValueSource(ints = {64, 200})
    void ofLargeImages(int side) {
        LeanCase options = new LeanCase();
        options.channels = 5;
        options.height = side;
        options.width = side;
        eachEngine(options);
    }

    /** The same draws, since less is computed but nothing else is drawn. */
    @Test
    void withDropoutAndWeightNoise() {
        LeanCase options = new LeanCase();
        options.both = builder -> builder.dropOut(0.7);
        eachEngine(options);
        options.both = builder -> builder.weightNoise(new DropConnect(0.7));
        eachEngine(options);
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void hasTheGradientOfTheLoss(CNN2DFormat format) {
        Engine.DOUBLE.choose();
        LeanCase options = new LeanCase();
        options.format = format;
        options.l2 = 0;
        options.first = builder -> builder.stride(2, 1).convolutionMode(ConvolutionMode.Same);
        for (Activation activation : List.of(Activation.IDENTITY, Activation.TANH)) {
            options.activation = activation;
            ComputationGraph network = options.network(true, DataType.DOUBLE);
            MultiDataSet batch = options.batch(DataType.DOUBLE);
            network.setInputs(batch.getFeatures());
            network.setLabels(batch.getLabels());
            network.computeGradientAndScore();
            INDArray gradient = network.gradient().gradient().dup();
            for (int i = 0; i < gradient.length(); i++) {
                assertEquals(
                        slope(network, batch, i),
                        gradient.getDouble(i) / options.examples, // DL4J has sums
                        1e-7,
                        "number " + i);
            }
        }
    }

    private static double slope(ComputationGraph network, MultiDataSet batch, int parameter) {
        INDArray all = network.params();
        double own = all.getDouble(parameter);
        double step = 1e-5;
        all.putScalar(parameter, own + step);
        double above = network.score(batch, true);
        all.putScalar(parameter, own - step);
        double below = network.score(batch, true);
        all.putScalar(parameter, own);
        return (above - below) / (2 * step);
    }
}
