package org.ogm4j.study.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.junit.jupiter.api.Test;

class ResNet18Test {

    private static final ComputationGraphConfiguration PAIR = ResNet18.pair(6, 1);

    private static final Map<String, InputType> SHAPES =
            PAIR.getLayerActivationTypes(
                    InputType.convolutional(257, 188, 1), InputType.convolutional(224, 224, 3));

    /**
     * The publication's 11.69 M are 11,176,512 in the encoder and 513,000 in its classifier; a stem
     * for one channel in place of three has 2 * 49 * 64 weights less.
     */
    @Test
    void anEncoderHasElevenMillionParameters() {
        assertEquals(11_176_512L, trainable("visual"));
        assertEquals(11_176_512L - 6_272, trainable("audio"));
    }

    @Test
    void theStagesHaveThePublishedShapes() {
        assertEquals(InputType.convolutional(112, 112, 64), SHAPES.get("visual-stem-norm"));
        assertEquals(InputType.convolutional(56, 56, 64), SHAPES.get("visual-1b-relu"));
        assertEquals(InputType.convolutional(28, 28, 128), SHAPES.get("visual-2b-relu"));
        assertEquals(InputType.convolutional(14, 14, 256), SHAPES.get("visual-3b-relu"));
        assertEquals(InputType.convolutional(7, 7, 512), SHAPES.get("visual-4b-relu"));
        assertEquals(InputType.convolutional(9, 6, 512), SHAPES.get("audio-4b-relu"));
        assertEquals(1024, SHAPES.get("fusion").arrayElementsPerExample());
        assertEquals(6, SHAPES.get("head").arrayElementsPerExample());
    }

    /** Weights and biases; batch norm's running mean and variance are not trained. */
    private static long trainable(String modality) {
        long sum = 0;
        for (Map.Entry<String, GraphVertex> vertex : PAIR.getVertices().entrySet()) {
            if (vertex.getKey().startsWith(modality)) {
                long all = vertex.getValue().numParams(false);
                sum += isBatchNorm(vertex.getValue()) ? all / 2 : all;
            }
        }
        return sum;
    }

    private static boolean isBatchNorm(GraphVertex vertex) {
        return vertex instanceof LayerVertex layer
                && layer.getLayerConf().getLayer() instanceof BatchNormalization;
    }
}
