package org.ogm4j.study.network.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionHelper;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.study.network.layer.LeanCase.Engine;

/** Less is computed; kept and copied as any layer; refused where it would be wrong. */
class LeanConvolutionUseTest {

    private final String before = System.getProperty(LeanCase.DISABLE, "true");

    @AfterEach
    void reset() {
        System.setProperty(LeanCase.DISABLE, before);
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
        LeanCase options = new LeanCase();
        options.activation = activation;
        ComputationGraph network = options.network(lean, DataType.FLOAT);
        Map<String, Integer> one = counted(network, "one");
        Map<String, Integer> two = counted(network, "two");
        network.fit(options.batch(DataType.FLOAT));
        assertEquals(firstForward, one.getOrDefault("preOutput", 0));
        assertEquals(firstBackward, one.getOrDefault("backpropGradient", 0));
        assertEquals(secondForward, two.getOrDefault("preOutput", 0));
        assertEquals(secondBackward, two.getOrDefault("backpropGradient", 0));
    }

    /** What DL4J asks oneDNN for, by method. */
    private static Map<String, Integer> counted(ComputationGraph network, String layer)
            throws ReflectiveOperationException {
        Map<String, Integer> counts = new HashMap<>();
        Field field =
                org.deeplearning4j.nn.layers.convolution.ConvolutionLayer.class.getDeclaredField(
                        "helper");
        field.setAccessible(true);
        Object helper = field.get(network.getLayer(layer));
        Object counting =
                Proxy.newProxyInstance(
                        LeanConvolutionUseTest.class.getClassLoader(),
                        new Class<?>[] {ConvolutionHelper.class},
                        (proxy, method, arguments) -> {
                            counts.merge(method.getName(), 1, Integer::sum);
                            return method.invoke(helper, arguments);
                        });
        field.set(network.getLayer(layer), counting);
        return counts;
    }

    @Test
    void isSavedClonedAndChanged() throws Exception {
        Engine.DOUBLE.choose();
        LeanCase options = new LeanCase();
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
                        .addLayer("out", LeanCase.output(), "mean")
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
        LeanCase options = new LeanCase();
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
                                .addLayer("out", LeanCase.output(), "mean")
                                .setOutputs("out")
                                .build());
        network.init();
        return network;
    }

    /** In DL4J's other kind of network too, which returns the gradient of its input. */
    @Test
    void inAMultiLayerNetwork() {
        Engine.DOUBLE.choose();
        MultiDataSet batch = new LeanCase().batch(DataType.DOUBLE);
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
                                    .layer(LeanCase.output())
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
        LeanCase.close(gradients[0], gradients[1], 1e-12, "gradients");
    }
}
