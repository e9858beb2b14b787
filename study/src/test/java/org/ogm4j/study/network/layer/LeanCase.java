package org.ogm4j.study.network.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Images and the two convolutions that read them, the first one without input gradient. */
final class LeanCase {

    static final String DISABLE = "org.eclipse.deeplearning4j.helpers.disable";
    private static final int CLASSES = 3;

    int examples = 5;
    int channels = 2;
    int height = 9;
    int width = 8;
    CNN2DFormat format = CNN2DFormat.NCHW;
    WorkspaceMode workspaces = WorkspaceMode.ENABLED;
    CacheMode cache = CacheMode.NONE;
    double l2 = 1e-2;
    Activation activation = Activation.IDENTITY;
    Consumer<ConvolutionLayer.Builder> first = builder -> {};
    Consumer<ConvolutionLayer.Builder> both = builder -> {};

    ComputationGraph network(boolean lean, DataType type) {
        GraphBuilder graph =
                new NeuralNetConfiguration.Builder()
                        .seed(3)
                        .dataType(type)
                        .updater(new Nesterovs(0.1, 0.9))
                        .l2(l2)
                        .trainingWorkspaceMode(workspaces)
                        .inferenceWorkspaceMode(workspaces)
                        .cacheMode(cache)
                        .graphBuilder()
                        .addInputs("x")
                        .setInputTypes(InputType.convolutional(height, width, channels, format));
        ConvolutionLayer.Builder one =
                lean
                        ? new LeanConvolution.Builder(3, 2).inputGradient(false)
                        : new ConvolutionLayer.Builder(3, 2);
        ConvolutionLayer.Builder two =
                lean ? new LeanConvolution.Builder(2, 2) : new ConvolutionLayer.Builder(2, 2);
        first.accept(one.nOut(4).activation(activation).dataFormat(format));
        both.accept(one);
        both.accept(two.nOut(5).activation(activation).dataFormat(format));
        graph.addLayer("one", one.build(), "x")
                .addLayer("two", two.build(), "one")
                .addLayer("mean", new GlobalPoolingLayer.Builder().build(), "two")
                .addLayer("out", output(), "mean")
                .setOutputs("out");
        ComputationGraph network = new ComputationGraph(graph.build());
        network.init();
        network.setCacheMode(cache);
        return network;
    }

    MultiDataSet batch(DataType type) {
        Nd4j.getRandom().setSeed(7);
        INDArray labels = Nd4j.zeros(type, examples, CLASSES);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        INDArray images =
                format == CNN2DFormat.NCHW
                        ? Nd4j.randn(type, examples, channels, height, width)
                        : Nd4j.randn(type, examples, height, width, channels);
        return new MultiDataSet(images, labels);
    }

    /** Equal gradients, and equal parameters after five steps. */
    void check(Engine engine) {
        engine.choose();
        ComputationGraph plain = network(false, engine.type);
        ComputationGraph lean = network(true, engine.type);
        assertEquals(plain.params(), lean.params(), "initial weights");
        MultiDataSet batch = batch(engine.type);
        for (int step = 0; step < 5; step++) {
            for (ComputationGraph each : List.of(plain, lean)) {
                Nd4j.getRandom().setSeed(step + 1); // of dropout and weight noise
                each.fit(batch);
            }
            close(
                    plain.getFlattenedGradients(),
                    lean.getFlattenedGradients(),
                    engine.tolerance,
                    engine + ", gradients of step " + step);
        }
        close(plain.params(), lean.params(), engine.tolerance, "parameters");
        assertNotEquals(plain.params(), network(false, engine.type).params(), "trained");
        close(
                plain.outputSingle(batch.getFeatures()),
                lean.outputSingle(batch.getFeatures()),
                engine.tolerance,
                "output");
    }

    static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    static void close(INDArray wanted, INDArray got, double tolerance, String what) {
        assertArrayEquals(wanted.shape(), got.shape());
        double largest = wanted.amaxNumber().doubleValue();
        double off = wanted.sub(got).amaxNumber().doubleValue();
        assertTrue(largest > 0 && off <= 2 * tolerance * largest, what + ": " + off / largest);
    }

    /** What computes, and in which type. */
    enum Engine {
        DOUBLE(DataType.DOUBLE, false, 1e-12),
        FLOAT(DataType.FLOAT, false, 1e-6),
        ONEDNN(DataType.FLOAT, true, 1e-6);

        final DataType type;
        final double tolerance;
        private final boolean oneDnn;

        Engine(DataType type, boolean oneDnn, double tolerance) {
            this.type = type;
            this.oneDnn = oneDnn;
            this.tolerance = tolerance;
        }

        void choose() {
            Nd4j.getExecutioner(); // loads the native library
            String build = NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo();
            assumeTrue(!oneDnn || build.contains("HAVE_ONEDNN"), "no oneDNN");
            System.setProperty(DISABLE, Boolean.toString(!oneDnn));
        }
    }
}
