package org.ogm4j.graph;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/** What a trace asks of DL4J's vertex configurations. */
final class Vertices {

    private Vertices() {}

    /** The layer of a vertex without its frozen wrappers, null for a vertex without one. */
    static Layer layerOf(GraphVertex vertex) {
        Layer layer =
                vertex instanceof LayerVertex layerVertex
                        ? layerVertex.getLayerConf().getLayer()
                        : null;
        while (true) {
            if (layer instanceof FrozenLayer frozen) {
                layer = frozen.getLayer();
            } else if (layer instanceof FrozenLayerWithBackprop frozen) {
                layer = frozen.getUnderlying();
            } else {
                return layer;
            }
        }
    }

    /** Takes dropout and weight noise out of a layer and those inside it, if the vertex is one. */
    static void removeDropout(GraphVertex vertex) {
        Layer layer = layerOf(vertex);
        if (layer != null) {
            removeDropout(layer);
        }
    }

    private static void removeDropout(Layer layer) {
        layer.setIDropout(null);
        if (layer instanceof BaseLayer base) {
            base.setWeightNoise(null);
        } else if (layer instanceof BaseWrapperLayer wrapper) {
            removeDropout(wrapper.getUnderlying());
        } else if (layer instanceof Bidirectional both) {
            removeDropout(both.getFwd());
            removeDropout(both.getBwd());
        }
    }

    /** Whether the vertex's own parameters stay as they are. */
    static boolean isFrozen(GraphVertex vertex) {
        return endsBackprop(vertex)
                || (vertex instanceof LayerVertex layer
                        && layer.getLayerConf().getLayer() instanceof FrozenLayerWithBackprop);
    }

    /** Whether DL4J's backward pass ends at the vertex. */
    static boolean endsBackprop(GraphVertex vertex) {
        return vertex instanceof FrozenVertex
                || (vertex instanceof LayerVertex layer
                        && layer.getLayerConf().getLayer() instanceof FrozenLayer);
    }

    /** The names of the trained parameters of a vertex. */
    static List<String> parametersOf(GraphVertex vertex) {
        if (isFrozen(vertex)) {
            return List.of();
        }
        if (vertex instanceof LayerVertex layerVertex) {
            Layer layer = layerVertex.getLayerConf().getLayer();
            return layer.initializer().paramKeys(layer);
        }
        if (vertex instanceof SameDiffVertex sameDiff) {
            Map<String, long[]> shapes = sameDiff.getVertexParams().getParamShapes();
            return List.copyOf(shapes.keySet());
        }
        return List.of();
    }

    /** How the vertex is trained, null for a vertex that has nothing to train. */
    static TrainingConfig trainingOf(GraphVertex vertex) {
        if (vertex instanceof LayerVertex layerVertex) {
            // LastTimeStep and its like leave this to the layer inside them
            Layer layer = layerVertex.getLayerConf().getLayer();
            while (layer instanceof BaseWrapperLayer wrapper) {
                layer = wrapper.getUnderlying();
            }
            return layer;
        }
        return vertex instanceof SameDiffVertex sameDiff ? sameDiff : null;
    }
}
