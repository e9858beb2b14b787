package org.ogm4j.examples.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.study.network.Updater;

class AudioVisualNetTest {

    private static final ComputationGraphConfiguration CONFIGURATION =
            AudioVisualNet.configuration(Updater.NESTEROVS, 0.05, 1);

    @Test
    void bothEncodersPutOutAsManyFeatures() {
        Map<String, InputType> shapes =
                CONFIGURATION.getLayerActivationTypes(
                        InputType.convolutional(129, 49, 1), InputType.convolutional(28, 28, 1));

        assertArrayEquals(
                shapes.get("audio-features").getShape(), shapes.get("visual-features").getShape());
        assertEquals(10, shapes.get(AudioVisualNet.HEAD).arrayElementsPerExample());
    }

    @Test
    void classifiesABatch() {
        ComputationGraph graph = new ComputationGraph(CONFIGURATION);
        graph.init();

        INDArray[] out = graph.output(Nd4j.ones(2, 1, 129, 49), Nd4j.ones(2, 1, 28, 28));

        assertArrayEquals(new long[] {2, 10}, out[0].shape());
        assertEquals(1, out[0].getRow(0).sumNumber().doubleValue(), 1e-6);
    }
}
