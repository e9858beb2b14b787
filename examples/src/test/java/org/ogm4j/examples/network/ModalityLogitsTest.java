package org.ogm4j.examples.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A head with one audio and two visual features, two classes and round weights. */
class ModalityLogitsTest {

    private ModalityLogits logits;

    @BeforeEach
    void computeLogits() {
        GraphBuilder builder =
                new NeuralNetConfiguration.Builder()
                        .graphBuilder()
                        .addInputs("audio-features", "visual-features")
                        .setInputTypes(InputType.feedForward(1), InputType.feedForward(2));
        FeatureFusion.concat(builder, 2);
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        graph.getLayer("head").setParam("W", matrix(new float[][] {{1, 2}, {3, 4}, {5, 6}}));
        graph.getLayer("head").setParam("b", matrix(new float[][] {{10, 20}}));
        logits =
                new HeadRows()
                        .read(
                                graph,
                                Map.of(
                                        "audio-features", matrix(new float[][] {{1}, {-20}}),
                                        "visual-features",
                                                matrix(new float[][] {{1, 1}, {-1, 0}})));
    }

    @Test
    void eachModalityHasItsOwnRowsAndHalfTheBias() {
        assertArrayEquals(
                new double[] {6, 12, -15, -30},
                logits.alone(Modality.AUDIO).dup('c').data().asDouble());
        assertArrayEquals(
                new double[] {13, 20, 2, 6},
                logits.alone(Modality.VISUAL).dup('c').data().asDouble());
    }

    @Test
    void togetherTheyAreTheHeadsOwnLogits() {
        assertArrayEquals(
                new double[] {19, 32, -13, -24}, logits.fused().dup('c').data().asDouble());
    }

    @Test
    void countsHits() {
        INDArray oneHot = matrix(new float[][] {{0, 1}, {0, 1}});

        assertEquals(1, ModalityLogits.hitsOf(logits.fused(), oneHot));
        assertEquals(2, ModalityLogits.hitsOf(logits.alone(Modality.VISUAL), oneHot));
    }

    @Test
    void theScoreIsTheMeanProbabilityOfTheTrueClass() {
        INDArray oneHot = matrix(new float[][] {{0, 1}, {1, 0}});
        double expected = (1 / (1 + Math.exp(-6)) + 1 / (1 + Math.exp(-15))) / 2;

        assertEquals(expected, logits.score(Modality.AUDIO, oneHot), 1e-6);
    }

    private static INDArray matrix(float[][] values) {
        return Nd4j.createFromArray(values);
    }
}
