package org.ogm4j.score;

import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The loss function and the activation of an output layer.
 *
 * @param function the loss function
 * @param activation what makes predictions of logits
 */
public record OutputLoss(ILossFunction function, IActivation activation) {

    /**
     * Reads them from the configuration of an output layer.
     *
     * @param layer an OutputLayer, RnnOutputLayer or their like, a LossLayer or an RnnLossLayer
     * @return the loss, or null if the layer is none of these
     */
    public static OutputLoss of(Layer layer) {
        ILossFunction function;
        if (layer instanceof BaseOutputLayer output) {
            function = output.getLossFn();
        } else if (layer instanceof LossLayer loss) {
            function = loss.getLossFn();
        } else if (layer instanceof RnnLossLayer loss) {
            function = loss.getLossFn();
        } else {
            return null;
        }
        return new OutputLoss(function, ((BaseLayer) layer).getActivationFn());
    }
}
