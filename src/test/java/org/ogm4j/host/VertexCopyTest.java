package org.ogm4j.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.ogm4j.testing.Fusions;

/** Copies that are equal and share nothing that is changed. */
class VertexCopyTest {

    @Test
    void layersInsideAreCopiedToo() {
        Layer both = new Bidirectional(new LSTM.Builder().nIn(2).nOut(3).build());
        Layer whole = new FrozenLayer(new LastTimeStep(both));
        LayerVertex vertex =
                new LayerVertex(new NeuralNetConfiguration.Builder().layer(whole).build(), null);

        LayerVertex copy = (LayerVertex) VertexCopy.of(vertex);

        assertEquals(vertex, copy);
        Bidirectional own = inside(vertex);
        Bidirectional other = inside(copy);
        assertNotSame(own, other);
        assertNotSame(own.getFwd(), other.getFwd());
        assertNotSame(own.getBwd(), other.getBwd());
    }

    private static Bidirectional inside(LayerVertex vertex) {
        FrozenLayer frozen = (FrozenLayer) vertex.getLayerConf().getLayer();
        return (Bidirectional) ((LastTimeStep) frozen.getLayer()).getUnderlying();
    }

    @Test
    void anAttentionVertexIsTrainedInTheSameWay() {
        AttentionVertex vertex = Fusions.cross();
        vertex.setUpdater(new Adam(0.1));
        vertex.setBiasUpdater(new Sgd(0.2));
        vertex.setRegularization(List.of(new L2Regularization(0.3)));
        vertex.setRegularizationBias(List.of(new L1Regularization(0.4)));
        vertex.setGradientNormalization(GradientNormalization.ClipL2PerLayer);
        vertex.setGradientNormalizationThreshold(0.5);

        AttentionVertex copy = (AttentionVertex) VertexCopy.of(vertex);

        assertEquals(vertex.getUpdater(), copy.getUpdater());
        assertEquals(vertex.getBiasUpdater(), copy.getBiasUpdater());
        assertEquals(vertex.getRegularization(), copy.getRegularization());
        assertEquals(vertex.getRegularizationBias(), copy.getRegularizationBias());
        assertEquals(vertex.getGradientNormalization(), copy.getGradientNormalization());
        assertEquals(0.5, copy.getGradientNormalizationThreshold());
    }
}
