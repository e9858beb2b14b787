package org.ogm4j.examples.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.learning.regularization.WeightDecay;

class UpdaterTest {

    @ParameterizedTest
    @EnumSource
    void isOnEveryLayerWithItsKindOfDecay(Updater updater) {
        ComputationGraphConfiguration conf = AudioVisualNet.configuration(updater, 0.003, 1);
        int layers = 0;
        for (var vertex : conf.getVertices().values()) {
            if (vertex instanceof LayerVertex layer
                    && layer.getLayerConf().getLayer() instanceof BaseLayer trained
                    && trained.initializer().numParams(layer.getLayerConf()) > 0) {
                layers++;
                assertEquals(updater.withRate(0.003), trained.getIUpdater());
                if (updater != Updater.ADADELTA) {
                    assertEquals(0.003, trained.getIUpdater().getLearningRate(0, 0));
                }
                boolean decoupled =
                        trained.getRegularization().stream()
                                .anyMatch(WeightDecay.class::isInstance);
                assertEquals(updater == Updater.ADAMW, decoupled, updater.toString());
                assertFalse(trained.getRegularization().isEmpty());
            }
        }
        assertTrue(layers > 10, layers + " layers");
    }
}
