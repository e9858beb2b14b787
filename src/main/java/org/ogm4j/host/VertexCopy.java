package org.ogm4j.host;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/**
 * Deep copies of vertex configurations. DL4J's {@code clone()} shares a layer inside another one
 * with the original, and forgets the axis of a merge, how an attention vertex is trained, and the
 * counters of a network.
 */
public final class VertexCopy {

    private VertexCopy() {}

    /**
     * A copy that shares nothing that is ever changed.
     *
     * @param vertex stays as it is
     * @return equal to it
     */
    public static GraphVertex of(GraphVertex vertex) {
        GraphVertex copy = vertex.clone();
        if (copy instanceof LayerVertex layer) {
            copyInside(layer.getLayerConf().getLayer());
        }
        if (vertex instanceof MergeVertex merge) {
            MergeVertex same = (MergeVertex) copy;
            same.setMergeAxis(merge.getMergeAxis());
            same.setModified(merge.isModified());
        }
        if (vertex instanceof ReshapeVertex reshape) {
            ReshapeVertex same = (ReshapeVertex) copy;
            same.setReshapeOrder(reshape.getReshapeOrder());
            same.setMaskShape(reshape.getMaskShape());
        }
        if (vertex instanceof SameDiffVertex own) {
            SameDiffVertex same = (SameDiffVertex) copy;
            same.setUpdater(own.getUpdater());
            same.setBiasUpdater(own.getBiasUpdater());
            same.setRegularization(own.getRegularization());
            same.setRegularizationBias(own.getRegularizationBias());
            same.setGradientNormalization(own.getGradientNormalization());
            same.setGradientNormalizationThreshold(own.getGradientNormalizationThreshold());
        }
        return copy;
    }

    /**
     * A copy of a network whose vertices share nothing that is ever changed, counters included.
     *
     * @param conf stays as it is
     * @return equal to it
     */
    public static ComputationGraphConfiguration of(ComputationGraphConfiguration conf) {
        ComputationGraphConfiguration copy = conf.clone();
        conf.getVertices().forEach((name, vertex) -> copy.getVertices().put(name, of(vertex)));
        copy.setIterationCount(conf.getIterationCount());
        copy.setEpochCount(conf.getEpochCount());
        return copy;
    }

    private static void copyInside(Layer layer) {
        if (layer instanceof BaseWrapperLayer wrapper) {
            wrapper.setUnderlying(copyOf(wrapper.getUnderlying()));
        } else if (layer instanceof Bidirectional both) {
            both.setFwd(copyOf(both.getFwd()));
            both.setBwd(copyOf(both.getBwd()));
        } else if (layer instanceof FrozenLayer frozen) {
            copyInside(frozen.getLayer()); // which its clone() has copied
        }
    }

    private static Layer copyOf(Layer layer) {
        Layer copy = layer.clone();
        copyInside(copy);
        return copy;
    }
}
