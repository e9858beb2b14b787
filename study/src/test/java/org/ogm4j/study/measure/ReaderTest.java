package org.ogm4j.study.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.study.Nets;
import org.ogm4j.study.answer.AnswerKind;
import org.ogm4j.study.answer.Batch;

class ReaderTest {

    /** One audio and two visual features, two classes and round weights. */
    @Test
    void eachModalityHasItsOwnRowsAndHalfTheBias() {
        ComputationGraph graph = concat(Activation.IDENTITY, LossFunction.MSE);
        graph.getLayer("head").setParam("W", matrix(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
        graph.getLayer("head").setParam("b", matrix(new double[][] {{10, 20}}));
        Answers answers = read(graph);

        assertArrayEquals(
                new double[] {6, 12, -15, -30}, answers.alone("audio").dup('c').data().asDouble());
        assertArrayEquals(
                new double[] {13, 20, 2, 6}, answers.alone("visual").dup('c').data().asDouble());
        assertArrayEquals(
                new double[] {19, 32, -13, -24}, answers.fused().dup('c').data().asDouble());
    }

    @Test
    void answersAreBehindTheActivationFunction() {
        ComputationGraph graph = concat(Activation.SOFTMAX, LossFunction.MCXENT);
        graph.getLayer("head").setParam("W", matrix(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
        graph.getLayer("head").setParam("b", matrix(new double[][] {{10, 20}}));
        INDArray oneHot = matrix(new double[][] {{0, 1}, {1, 0}});
        double expected = (1 / (1 + Math.exp(-6)) + 1 / (1 + Math.exp(-15))) / 2;

        Batch batch = new Batch(AnswerKind.CLASSES, oneHot, null);
        assertEquals(expected, batch.score(read(graph).alone("audio")), 1e-6);
        assertArrayEquals(
                graph.output(inputs())[0].dup('c').data().asDouble(),
                read(graph).fused().dup('c').data().asDouble(),
                1e-12);
    }

    private static Answers read(ComputationGraph graph) {
        Layout layout = Layout.of(graph.getConfiguration(), Map.of());
        Reader reader = assertInstanceOf(HeadRows.class, Reader.of(layout));
        return reader.read(graph, graph.feedForward(inputs(), false));
    }

    private static INDArray[] inputs() {
        return new INDArray[] {
            matrix(new double[][] {{1}, {-20}}), matrix(new double[][] {{1, 1}, {-1, 0}})
        };
    }

    private static ComputationGraph concat(Activation activation, LossFunction loss) {
        return built(
                conf().addInputs("audio", "visual")
                        .addVertex("merge", new MergeVertex(), "audio", "visual")
                        .addLayer(
                                "head",
                                new OutputLayer.Builder(loss)
                                        .activation(activation)
                                        .nIn(3)
                                        .nOut(2)
                                        .build(),
                                "merge")
                        .setOutputs("head")
                        .build());
    }

    /** A product: with the other encoder's zeros nothing is left but the head's bias. */
    @Test
    void ofAnyFusionTheOtherEncodersAreSetToZero() {
        ComputationGraph graph =
                built(
                        conf().addInputs("audio", "visual")
                                .addLayer("a", dense(2, 3), "audio")
                                .addLayer("v", dense(2, 3), "visual")
                                .addVertex(
                                        "product",
                                        new ElementWiseVertex(ElementWiseVertex.Op.Product),
                                        "a",
                                        "v")
                                .addLayer("head", softmax(3), "product")
                                .setOutputs("head")
                                .build());
        graph.getLayer("head").setParam("b", matrix(new double[][] {{0, Math.log(3)}}));
        Layout layout = Layout.of(graph.getConfiguration(), Map.of());
        Reader reader = assertInstanceOf(ZeroedClassifier.class, Reader.of(layout));
        INDArray[] inputs = {Nd4j.ones(DataType.DOUBLE, 1, 2), Nd4j.ones(DataType.DOUBLE, 1, 2)};

        Answers answers = reader.read(graph, graph.feedForward(inputs, false));

        assertArrayEquals(
                new double[] {0.25, 0.75}, answers.alone("audio").data().asDouble(), 1e-9);
        assertArrayEquals(
                graph.output(inputs)[0].data().asDouble(), answers.fused().data().asDouble(), 1e-9);
        assertEquals(Map.of("a", "audio", "v", "visual"), layout.ends());
    }

    @Test
    void aSumOfHeadsAnswersByEachHead() {
        ComputationGraph graph =
                built(
                        conf().addInputs("audio", "visual")
                                .addLayer("a", dense(2, 3), "audio")
                                .addLayer("v", dense(2, 3), "visual")
                                .addLayer("a-head", dense(3, 2), "a")
                                .addLayer("v-head", dense(3, 2), "v")
                                .addVertex(
                                        "sum",
                                        new ElementWiseVertex(ElementWiseVertex.Op.Add),
                                        "a-head",
                                        "v-head")
                                .addLayer(
                                        "head",
                                        new LossLayer.Builder(LossFunction.MCXENT)
                                                .activation(Activation.SOFTMAX)
                                                .build(),
                                        "sum")
                                .setOutputs("head")
                                .build());
        Layout layout = Layout.of(graph.getConfiguration(), Map.of());
        Reader reader = assertInstanceOf(HeadSum.class, Reader.of(layout));
        INDArray[] inputs = {Nd4j.ones(DataType.DOUBLE, 1, 2), Nd4j.ones(DataType.DOUBLE, 1, 2)};
        Map<String, INDArray> activations = graph.feedForward(inputs, false);

        Answers answers = reader.read(graph, activations);

        INDArray head = activations.get("a-head");
        double e = Math.exp(head.getDouble(0, 1) - head.getDouble(0, 0));
        assertEquals(1 / (1 + e), answers.alone("audio").getDouble(0), 1e-9);
        assertEquals(graph.output(inputs)[0].getDouble(0), answers.fused().getDouble(0), 1e-9);
        assertEquals(List.of("a"), layout.ends("audio"));
    }

    /** Two inputs make up one modality. */
    @Test
    void modalitiesMayHaveSeveralInputs() {
        ComputationGraphConfiguration conf = Nets.concat(1, "x", "y", "z");
        Layout layout = Layout.of(conf, Map.of("body", List.of("x", "z"), "face", List.of("y")));

        assertEquals(List.of("x-encoder", "z-encoder"), layout.ends("body"));
        assertTrue(Reader.of(layout) instanceof ZeroedClassifier);
    }

    private static NeuralNetConfiguration.Builder base() {
        return new NeuralNetConfiguration.Builder().seed(3).dataType(DataType.DOUBLE);
    }

    private static ComputationGraphConfiguration.GraphBuilder conf() {
        return base().graphBuilder();
    }

    private static DenseLayer dense(int in, int out) {
        return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.IDENTITY).build();
    }

    private static OutputLayer softmax(int in) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(in)
                .nOut(2)
                .build();
    }

    private static ComputationGraph built(ComputationGraphConfiguration conf) {
        ComputationGraph graph = new ComputationGraph(conf);
        graph.init();
        return graph;
    }

    private static INDArray matrix(double[][] values) {
        return Nd4j.createFromArray(values);
    }
}
