package org.ogm4j.examples.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.ogm4j.study.network.Fusion;
import org.ogm4j.study.network.Updater;

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
                assertEquals(
                        List.of(
                                updater == Updater.ADAMW
                                        ? new WeightDecay(1e-2, true)
                                        : new L2Regularization(1e-4)),
                        trained.getRegularization());
            }
        }
        assertTrue(layers > 10, layers + " layers");
    }

    @Test
    void isOnAttentionAndSurvivesACopy() {
        ComputationGraphConfiguration conf =
                AudioVisualNet.configuration(
                        Encoder.CNN, Fusion.CROSS_ATTENTION, Updater.SGD, 0.003, 1);
        for (ComputationGraphConfiguration each : List.of(conf, conf.clone())) {
            SameDiffVertex attention =
                    (SameDiffVertex) each.getVertices().get("attention-of-audio");
            assertEquals(Updater.SGD.withRate(0.003), attention.getUpdater());
            assertEquals(List.of(new L2Regularization(1e-4)), attention.getRegularization());
        }
    }
}
