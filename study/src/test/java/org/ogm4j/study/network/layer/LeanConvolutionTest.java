package org.ogm4j.study.network.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The numbers are those of DL4J's own layer, and less is computed for them. */
class LeanConvolutionTest {

    private static final String DISABLE = "org.eclipse.deeplearning4j.helpers.disable";
    private static final int CLASSES = 3;

    private final String before = System.getProperty(DISABLE, "true");

    @AfterEach
    void reset() {
        System.setProperty(DISABLE, before);
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

    /** Images and the two convolutions that read them, the first one without input gradient. */
    private static final class Case {
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
                            .setInputTypes(
                                    InputType.convolutional(height, width, channels, format));
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
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static void close(INDArray wanted, INDArray got, double tolerance, String what) {
        assertArrayEquals(wanted.shape(), got.shape());
        double largest = wanted.amaxNumber().doubleValue();
        double off = wanted.sub(got).amaxNumber().doubleValue();
        assertTrue(largest > 0 && off <= 2 * tolerance * largest, what + ": " + off / largest);
    }

    private static void eachEngine(Case options) {
        for (Engine engine : Engine.values()) {
            options.check(engine);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void isDl4js(Engine engine) {
        new Case().check(engine);
    }

    @ParameterizedTest
    @CsvSource({
        "Same,1,1,1,1", "Same,2,1,1,1", "Same,4,3,1,1", "Same,1,1,2,2",
        "Truncate,1,1,1,1", "Truncate,1,2,1,1", "Truncate,2,3,1,1", "Truncate,1,1,2,2"
    })
    void withAnyGeometry(ConvolutionMode mode, int down, int right, int dilatedBy, int dilatedTo) {
        Case options = new Case();
        options.first =
                builder ->
                        builder.convolutionMode(mode)
                                .stride(down, right)
                                .dilation(dilatedBy, dilatedTo);
        eachEngine(options);
    }

    @Test
    void withPadding() {
        Case options = new Case();
        options.first = builder -> builder.padding(2, 1);
        eachEngine(options);
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void inBothFormatsWithAndWithoutBias(CNN2DFormat format) {
        Case options = new Case();
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
        Case options = new Case();
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
        Case options = new Case();
        options.workspaces = mode;
        eachEngine(options);
    }

    /** DL4J then keeps outputs and columns of the forward pass. */
    @Test
    void withACache() {
        Case options = new Case();
        options.cache = CacheMode.DEVICE;
        eachEngine(options);
        options.activation = Activation.TANH;
        eachEngine(options);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void ofFewExamples(int examples) {
        Case options = new Case();
        options.examples = examples;
        options.channels = 1;
        eachEngine(options);
    }

    /** 2^18 columns at a time are two of five examples, or less than one. */
    @ParameterizedTest
    @ValueSource(ints = {64, 200})
    void ofLargeImages(int side) {
        Case options = new Case();
        options.channels = 5;
        options.height = side;
        options.width = side;
        eachEngine(options);
    }

    /** The same draws, since less is computed but nothing else is drawn. */
    @Test
    void withDropoutAndWeightNoise() {
        Case options = new Case();
        options.both = builder -> builder.dropOut(0.7);
        eachEngine(options);
        options.both = builder -> builder.weightNoise(new DropConnect(0.7));
        eachEngine(options);
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void hasTheGradientOfTheLoss(CNN2DFormat format) {
        Engine.DOUBLE.choose();
        Case options = new Case();
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

    /** Counts what DL4J asks oneDNN for. */
    private static final class Counting extends MKLDNNConvHelper {
        int forward;
        int backward;

        Counting() {
            super(DataType.FLOAT);
        }

        static Counting in(ComputationGraph network, String layer) throws Exception {
            Counting helper = new Counting();
            Field field =
                    org.deeplearning4j.nn.layers.convolution.ConvolutionLayer.class
                            .getDeclaredField("helper");
            field.setAccessible(true);
            field.set(network.getLayer(layer), helper);
            return helper;
        }

        @Override
        public INDArray preOutput(
                INDArray input,
                INDArray weights,
                INDArray bias,
                int[] kernel,
                int[] strides,
                int[] pad,
                ConvolutionLayer.AlgoMode mode,
                ConvolutionLayer.FwdAlgo fwdAlgo,
                ConvolutionMode convolutionMode,
                int[] dilation,
                CNN2DFormat format,
                LayerWorkspaceMgr workspaceMgr) {
            forward++;
            return super.preOutput(
                    input,
                    weights,
                    bias,
                    kernel,
                    strides,
                    pad,
                    mode,
                    fwdAlgo,
                    convolutionMode,
                    dilation,
                    format,
                    workspaceMgr);
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(
                INDArray input,
                INDArray weights,
                INDArray bias,
                INDArray delta,
                int[] kernel,
                int[] strides,
                int[] pad,
                INDArray biasGradView,
                INDArray weightGradView,
                IActivation afn,
                ConvolutionLayer.AlgoMode mode,
                ConvolutionLayer.BwdFilterAlgo bwdFilterAlgo,
                ConvolutionLayer.BwdDataAlgo bwdDataAlgo,
                ConvolutionMode convolutionMode,
                int[] dilation,
                CNN2DFormat format,
                LayerWorkspaceMgr workspaceMgr) {
            backward++;
            return super.backpropGradient(
                    input,
                    weights,
                    bias,
                    delta,
                    kernel,
                    strides,
                    pad,
                    biasGradView,
                    weightGradView,
                    afn,
                    mode,
                    bwdFilterAlgo,
                    bwdDataAlgo,
                    convolutionMode,
                    dilation,
                    format,
                    workspaceMgr);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IDENTITY, false, 2, 1, 2, 1", "IDENTITY, true, 1, 0, 1, 1",
        "TANH, false, 2, 1, 2, 1", "TANH, true, 2, 0, 2, 1"
    })
    void computesLess(
            Activation activation,
            boolean lean,
            int firstForward,
            int firstBackward,
            int secondForward,
            int secondBackward)
            throws Exception {
        Engine.ONEDNN.choose();
        Case options = new Case();
        options.activation = activation;
        ComputationGraph network = options.network(lean, DataType.FLOAT);
        Counting one = Counting.in(network, "one");
        Counting two = Counting.in(network, "two");
        network.fit(options.batch(DataType.FLOAT));
        assertArrayEquals(
                new int[] {firstForward, firstBackward, secondForward, secondBackward},
                new int[] {one.forward, one.backward, two.forward, two.backward});
    }

    @Test
    void isSavedClonedAndChanged() throws Exception {
        Engine.DOUBLE.choose();
        Case options = new Case();
        ComputationGraph network = options.network(true, DataType.DOUBLE);
        MultiDataSet batch = options.batch(DataType.DOUBLE);
        network.fit(batch);
        ComputationGraphConfiguration conf = network.getConfiguration();
        assertEquals(conf, ComputationGraphConfiguration.fromJson(conf.toJson()));
        List<ComputationGraph> copies = new ArrayList<>(List.of(network.clone()));
        copies.add(new TransferLearning.GraphBuilder(network).build());
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, saved, true);
        copies.add(
                ModelSerializer.restoreComputationGraph(
                        new ByteArrayInputStream(saved.toByteArray()), true));
        LeanConvolution layer = layer(network, "one");
        assertEquals(layer, javaCopy(layer));
        assertEquals(layer, layer.clone());
        network.fit(batch);
        for (ComputationGraph copy : copies) {
            assertEquals(false, layer(copy, "one").inputGradient());
            assertEquals(true, layer(copy, "two").inputGradient());
            if (copies.indexOf(copy) != 1) { // transfer begins with a new updater
                copy.fit(batch);
                assertEquals(network.params(), copy.params());
            }
        }
    }

    private static LeanConvolution layer(ComputationGraph network, String name) {
        return (LeanConvolution) network.getLayer(name).conf().getLayer();
    }

    private static Object javaCopy(Object original) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    @Test
    void isEqualToItsLikeOnly() {
        LeanConvolution with = new LeanConvolution.Builder(3, 3).build();
        LeanConvolution without = new LeanConvolution.Builder(3, 3).inputGradient(false).build();
        ConvolutionLayer plain = new ConvolutionLayer.Builder(3, 3).build();
        assertEquals(with, new LeanConvolution.Builder(3, 3).build());
        assertEquals(with.hashCode(), new LeanConvolution.Builder(3, 3).build().hashCode());
        assertNotEquals(with, without);
        assertNotEquals(with, plain);
        assertNotEquals(plain, with);
    }

    @Test
    void flatInputIsRefused() {
        GraphBuilder graph =
                new NeuralNetConfiguration.Builder()
                        .graphBuilder()
                        .addInputs("x")
                        .setInputTypes(InputType.convolutionalFlat(6, 6, 1))
                        .addLayer("one", first(), "x")
                        .addLayer("mean", new GlobalPoolingLayer.Builder().build(), "one")
                        .addLayer("out", output(), "mean")
                        .setOutputs("out");
        Exception refused = assertThrows(IllegalStateException.class, graph::build);
        assertTrue(
                refused.getMessage()
                        .startsWith(
                                "the input of \"one\" must be convolutional where inputGradient is"
                                        + " false, got "),
                refused.getMessage());
    }

    private static ConvolutionLayer first() {
        return new LeanConvolution.Builder(2, 2).inputGradient(false).nOut(3).build();
    }

    /** With two readers alike; with one that computes its gradient; behind a layer that learns. */
    @Test
    void neverSilentlyWithoutAGradientThatIsNeeded() {
        Engine.DOUBLE.choose();
        Case options = new Case();
        MultiDataSet batch = options.batch(DataType.DOUBLE);
        twoReaders(first()).fit(batch);
        ComputationGraph mixed = twoReaders(new ConvolutionLayer.Builder(2, 2).nOut(3).build());
        assertThrows(RuntimeException.class, () -> mixed.fit(batch));
        ComputationGraph behind = behindALayer();
        assertThrows(RuntimeException.class, () -> behind.fit(batch));
    }

    private static GraphBuilder images() {
        return new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("x")
                .setInputTypes(InputType.convolutional(9, 8, 2));
    }

    private static ComputationGraph twoReaders(ConvolutionLayer second) {
        return network(
                images().addLayer("one", first(), "x")
                        .addLayer("two", second, "x")
                        .addVertex(
                                "both",
                                new org.deeplearning4j.nn.conf.graph.MergeVertex(),
                                "one",
                                "two"),
                "both");
    }

    private static ComputationGraph behindALayer() {
        return network(
                images().addLayer("zero", new ConvolutionLayer.Builder(2, 2).nOut(3).build(), "x")
                        .addLayer("one", first(), "zero"),
                "one");
    }

    private static ComputationGraph network(GraphBuilder graph, String end) {
        ComputationGraph network =
                new ComputationGraph(
                        graph.addLayer("mean", new GlobalPoolingLayer.Builder().build(), end)
                                .addLayer("out", output(), "mean")
                                .setOutputs("out")
                                .build());
        network.init();
        return network;
    }

    /** In DL4J's other kind of network too, which returns the gradient of its input. */
    @Test
    void inAMultiLayerNetwork() {
        Engine.DOUBLE.choose();
        MultiDataSet batch = new Case().batch(DataType.DOUBLE);
        INDArray[] gradients = new INDArray[2];
        for (int i = 0; i < 2; i++) {
            MultiLayerNetwork network =
                    new MultiLayerNetwork(
                            new NeuralNetConfiguration.Builder()
                                    .seed(3)
                                    .dataType(DataType.DOUBLE)
                                    .list()
                                    .layer(
                                            i == 0
                                                    ? new ConvolutionLayer.Builder(2, 2)
                                                            .nOut(3)
                                                            .build()
                                                    : first())
                                    .layer(new GlobalPoolingLayer.Builder().build())
                                    .layer(output())
                                    .setInputType(InputType.convolutional(9, 8, 2))
                                    .build());
            network.init();
            Pair<Gradient, INDArray> pair =
                    network.calculateGradients(
                            batch.getFeatures(0), batch.getLabels(0), null, null);
            gradients[i] = pair.getFirst().gradient().dup();
            if (i == 1) {
                assertNull(pair.getSecond());
            }
        }
        close(gradients[0], gradients[1], 1e-12, "gradients");
    }
}
