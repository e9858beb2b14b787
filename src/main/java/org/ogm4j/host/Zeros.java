package org.ogm4j.host;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What vertices make of an input of zeros. */
public final class Zeros {

    private Zeros() {}

    /**
     * Whether a vertex that reads nothing but zeros outputs nothing but zeros, whatever its
     * parameters.
     *
     * @param vertex any vertex
     * @return false also where that is not known, as of a class that is not DL4J's
     */
    public static boolean stay(GraphVertex vertex) {
        if (!isDl4js(vertex)) {
            return false;
        }
        if (vertex instanceof ShiftVertex shift) {
            return shift.getShiftFactor() == 0;
        }
        if (!(vertex instanceof LayerVertex)) {
            return !(vertex instanceof SameDiffVertex);
        }
        Layer layer = Vertices.layerOf(vertex);
        if (!isDl4js(layer) || (layer instanceof BaseLayer base && !stay(base.getActivationFn()))) {
            return false;
        }
        if (layer instanceof ActivationLayer activation) {
            return stay(activation.getActivationFn());
        }
        if (layer instanceof DenseLayer dense) {
            return !dense.hasBias() && !dense.isHasLayerNorm();
        }
        if (layer instanceof ConvolutionLayer convolution) {
            return !convolution.hasBias();
        }
        return layer instanceof PReLULayer
                || (!(layer instanceof AbstractSameDiffLayer)
                        && layer.initializer().paramKeys(layer).isEmpty());
    }

    private static boolean isDl4js(Object own) {
        return own.getClass().getName().startsWith("org.deeplearning4j.");
    }

    private static boolean stay(IActivation activation) {
        if (activation == null) {
            return true; // of a layer that applies none
        }
        INDArray output = activation.getActivation(Nd4j.zeros(1, 2), false);
        return output.getDouble(0) == 0 && output.getDouble(1) == 0;
    }
}
