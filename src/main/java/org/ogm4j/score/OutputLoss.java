package org.ogm4j.score;

import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/**
 * The loss function and the activation of an output layer.
 *
 * @param function the loss function
 * @param activation what makes predictions of logits
 */
public record OutputLoss(ILossFunction function, IActivation activation) {

    /** What labels mean, and therefore what a score is. */
    public enum Kind {
        /** One of several classes, one-hot, soft or by index: the probability of the true class. */
        CLASSES,
        /** Several labels of two values each: the geometric mean of the right probabilities. */
        LABELS,
        /** Anything else, as regression: an exponential of the loss in units of the batch's own. */
        LOSSES
    }

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

    /** By the loss's own class: what a subclass of a user's computes is not known. */
    public Kind kind() {
        Class<?> own = function.getClass();
        boolean crossEntropy =
                own == LossMCXENT.class || own == LossNegativeLogLikelihood.class || isSparse();
        if (crossEntropy && activation instanceof ActivationSoftmax) {
            return Kind.CLASSES;
        }
        return own == LossBinaryXENT.class ? Kind.LABELS : Kind.LOSSES;
    }

    /**
     * Whether predictions are probabilities, whose entropy can be taken.
     *
     * @return false for regression and every loss that is not known
     */
    public boolean hasEntropy() {
        return kind() != Kind.LOSSES;
    }

    /**
     * The same loss on logits of another activation.
     *
     * @param other null for the output layer's own
     * @return what judges these logits
     */
    public OutputLoss judging(IActivation other) {
        return other == null ? this : new OutputLoss(function, other);
    }

    /** The same loss for labels that are predictions: not indices, but probabilities. */
    OutputLoss ofPredictions() {
        return function instanceof LossSparseMCXENT sparse
                ? new OutputLoss(
                        new LossMCXENT(sparse.getSoftmaxClipEps(), sparse.getWeights()), activation)
                : this;
    }

    /** Whether labels are the indices of classes. */
    public boolean isSparse() {
        return function.getClass() == LossSparseMCXENT.class;
    }
}
