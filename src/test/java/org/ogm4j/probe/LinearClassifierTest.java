package org.ogm4j.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Plain loops against DL4J's own output layer, in double. */
class LinearClassifierTest {

    private static final double TOLERANCE = 1e-12;

    private static ComputationGraph network(
            LossFunction loss, Activation activation, boolean bias, double dropout) {
        OutputLayer layer =
                new OutputLayer.Builder(loss)
                        .nOut(3)
                        .activation(activation)
                        .hasBias(bias)
                        .dropOut(dropout)
                        .build();
        ComputationGraph graph =
                new ComputationGraph(
                        new NeuralNetConfiguration.Builder()
                                .seed(1)
                                .biasInit(0.3)
                                .dataType(DataType.DOUBLE)
                                .graphBuilder()
                                .addInputs("in")
                                .setInputTypes(InputType.feedForward(5))
                                .addLayer("out", layer, "in")
                                .setOutputs("out")
                                .build());
        graph.init();
        return graph;
    }

    @ParameterizedTest
    @CsvSource({
        "MCXENT, SOFTMAX, true, 1",
        "MCXENT, SOFTMAX, true, 4",
        "MCXENT, SOFTMAX, false, 4",
        "XENT, SIGMOID, true, 4",
        "MSE, TANH, true, 4"
    })
    void isWhatTheLayerComputes(
            LossFunction loss, Activation activation, boolean bias, int examples) {
        ComputationGraph graph = network(loss, activation, bias, 0);
        INDArray x = Nd4j.rand(DataType.DOUBLE, 5, examples).transpose();
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, examples, 3);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, i % 3, 1);
        }
        INDArray expected = graph.output(x)[0];
        graph.setInputs(x);
        graph.setLabels(labels);
        graph.computeGradientAndScore();
        double[] gradient = graph.getFlattenedGradients().dup().ravel().toDoubleVector();
        graph.getFlattenedGradients().assign(Double.NaN);
        var layer = (org.deeplearning4j.nn.layers.OutputLayer) graph.getLayer("out");
        layer.setInput(x, LayerWorkspaceMgr.noWorkspaces());
        layer.setLabels(labels);

        LinearClassifier linear = LinearClassifier.of(layer);

        assertTrue(linear.isSmall());
        assertArrayEquals(
                expected.ravel().toDoubleVector(),
                linear.output(true, LayerWorkspaceMgr.noWorkspaces()).ravel().toDoubleVector(),
                TOLERANCE);
        INDArray weights = linear.learn().getGradientFor("W");
        INDArray flat = graph.getFlattenedGradients().ravel();
        assertArrayEquals(gradient, flat.toDoubleVector(), TOLERANCE);
        assertEquals(flat.get(NDArrayIndex.interval(0, 15)).reshape('f', 5, 3), weights);
    }

    @Test
    void isLeftToTheLayerWhereThatIsMore() {
        assertNull(
                LinearClassifier.of(
                        network(LossFunction.MCXENT, Activation.SOFTMAX, true, 0.5)
                                .getLayer("out")));
    }
}
