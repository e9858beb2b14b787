package org.ogm4j.trace;

import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.ogm4j.host.Vertices;

/** The kinds of vertices and layers whose logits can be split between modalities. */
final class SplittableHeads {

    private SplittableHeads() {}

    /** A concatenation of features, channels or sequence features. */
    static boolean isMerge(GraphVertex vertex) {
        return vertex instanceof MergeVertex merge
                && merge.getMergeAxis() == MergeVertex.DEFAULT_MERGE_DIM;
    }

    static boolean isAdd(GraphVertex vertex) {
        return vertex instanceof ElementWiseVertex elementWise
                && elementWise.getOp() == ElementWiseVertex.Op.Add;
    }

    /** A layer that does nothing but {@code x W + b}. */
    static boolean isLinear(Layer layer) {
        return layer instanceof DenseLayer dense
                && dense.getActivationFn() instanceof ActivationIdentity
                && !dense.isHasLayerNorm();
    }

    /** Whether an output layer reads its features in an order that {@code Rows} reproduces. */
    static boolean flattensPlainly(GraphVertex output) {
        InputPreProcessor preProcessor = ((LayerVertex) output).getPreProcessor();
        boolean knownOrder =
                preProcessor == null
                        || preProcessor instanceof CnnToFeedForwardPreProcessor
                        || preProcessor instanceof RnnToFeedForwardPreProcessor
                        || preProcessor instanceof FeedForwardToRnnPreProcessor;
        return knownOrder && isChannelsFirst(output);
    }

    /** Whether an output layer has its classes on axis 1, as [m, C] or [m, C, T]. */
    static boolean isChannelsFirst(GraphVertex output) {
        return formatOf(Vertices.layerOf(output)) != RNNFormat.NWC;
    }

    private static RNNFormat formatOf(Layer layer) {
        if (layer instanceof RnnOutputLayer output) {
            return output.getRnnDataFormat();
        }
        return layer instanceof RnnLossLayer loss ? loss.getRnnDataFormat() : null;
    }

    /** What to call a vertex in a message. */
    static String name(GraphVertex vertex) {
        Layer layer = Vertices.layerOf(vertex);
        Object kind = layer != null ? layer : vertex;
        return kind == null ? "a network input" : kind.getClass().getSimpleName();
    }
}
