package org.ogm4j.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
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
public final class Vertices {

    private Vertices() {}

    /** The layer of a vertex without its frozen wrappers, null for a vertex without one. */
    public static Layer layerOf(GraphVertex vertex) {
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

    /** The same layer and those inside it. */
    public static List<Layer> layersOf(GraphVertex vertex) {
        List<Layer> layers = new ArrayList<>();
        add(layerOf(vertex), layers);
        return layers;
    }

    private static void add(Layer layer, List<Layer> layers) {
        if (layer == null) {
            return;
        }
        layers.add(layer);
        if (layer instanceof BaseWrapperLayer wrapper) {
            add(wrapper.getUnderlying(), layers);
        } else if (layer instanceof Bidirectional both) {
            add(both.getFwd(), layers);
            add(both.getBwd(), layers);
        }
    }

    /** Whether a layer has dropout; one that keeps everything, as Keras import makes, is none. */
    static boolean dropsOut(Layer layer) {
        IDropout dropout = layer.getIDropout();
        boolean keepsAll =
                dropout instanceof Dropout own && own.getP() == 1 && own.getPSchedule() == null;
        return dropout != null && !keepsAll;
    }

    /** Whether a layer draws random numbers in training. */
    public static boolean isRandom(Layer layer) {
        return dropsOut(layer)
                || (layer instanceof BaseLayer base && base.getWeightNoise() != null);
    }

    /** Takes dropout and weight noise out of a layer and those inside it, if the vertex is one. */
    public static void removeDropout(GraphVertex vertex) {
        for (Layer layer : layersOf(vertex)) {
            layer.setIDropout(null);
            if (layer instanceof BaseLayer base) {
                base.setWeightNoise(null);
            }
        }
    }

    /** Whether the vertex's own parameters stay as they are. */
    public static boolean isFrozen(GraphVertex vertex) {
        return endsBackprop(vertex)
                || (vertex instanceof LayerVertex layer
                        && layer.getLayerConf().getLayer() instanceof FrozenLayerWithBackprop);
    }

    /** Whether DL4J's backward pass ends at the vertex. */
    public static boolean endsBackprop(GraphVertex vertex) {
        return vertex instanceof FrozenVertex
                || (vertex instanceof LayerVertex layer
                        && layer.getLayerConf().getLayer() instanceof FrozenLayer);
    }

    /** The names of the trained parameters of a vertex. */
    public static List<String> parametersOf(GraphVertex vertex) {
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
    public static TrainingConfig trainingOf(GraphVertex vertex) {
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
