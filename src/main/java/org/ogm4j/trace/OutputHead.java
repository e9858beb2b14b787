package org.ogm4j.trace;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.ogm4j.host.OutputTypes;
import org.ogm4j.score.OutputLoss;

/**
 * Where the logits of an output are, by what its layers compute and not by their classes: a loss
 * layer may read probabilities that a layer in front of it makes, as Keras import has it.
 *
 * <pre>
 * layers                                             linear   cut          activation
 * OutputLayer(f)                                     itself   itself       f
 * Dense(identity), LossLayer(f)                      Dense    LossLayer    f
 * Dense(f), LossLayer(identity)                      Dense    Dense        f
 * Dense(identity), ActivationLayer(f), LossLayer(identity)
 *                                                    Dense    Activation   f
 * anything else, LossLayer(f)                        none     LossLayer    f
 * </pre>
 *
 * @param output the network output, whose labels and loss judge the logits
 * @param linear the layer whose {@code x W + b} is the logits; null if there is none
 * @param source what the logits are computed from: what the linear layer reads, or without one the
 *     vertex that outputs them
 * @param cut the vertex that outputs the logits if its activation is left out
 * @param activation what makes predictions of the logits
 * @param own whether that is the output layer's own activation
 */
record OutputHead(
        String output,
        String linear,
        String source,
        String cut,
        IActivation activation,
        boolean own) {

    /**
     * Looks at an output.
     *
     * @param output a network output with a loss
     */
    static OutputHead of(Inspection inspection, String output) {
        IActivation activation = OutputLoss.of(inspection.layerOf(output)).activation();
        if (inspection.layerOf(output) instanceof BaseOutputLayer) {
            return new OutputHead(
                    output, output, sourceOf(inspection, output), output, activation, true);
        }
        String cut = output;
        String at = sourceOf(inspection, output);
        while (true) {
            Layer layer = inspection.vertex(at) == null ? null : inspection.layerOf(at);
            IActivation next = activationOf(inspection, at, layer);
            boolean passes = next == null ? layer instanceof DropoutLayer : joins(activation, next);
            if (!passes) {
                return new OutputHead(output, null, at, cut, activation, cut.equals(output));
            }
            if (next != null && !isIdentity(next)) {
                activation = next;
                cut = at;
            }
            if (layer instanceof DenseLayer) {
                return new OutputHead(
                        output, at, sourceOf(inspection, at), cut, activation, cut.equals(output));
            }
            at = sourceOf(inspection, at);
        }
    }

    /** The activation that a layer applies last of all, null for any other layer. */
    private static IActivation activationOf(Inspection inspection, String name, Layer layer) {
        if (layer instanceof ActivationLayer alone) {
            // softmax runs over the last axis, which only in a vector is that of the classes
            boolean vectors =
                    OutputTypes.of(inspection.conf(), name)
                            .filter(type -> type.getType() == InputType.Type.FF)
                            .isPresent();
            return vectors ? alone.getActivationFn() : null;
        }
        return layer instanceof DenseLayer dense && !dense.isHasLayerNorm()
                ? dense.getActivationFn()
                : null;
    }

    /** Two activations one after the other are one only if one of them does nothing. */
    private static boolean joins(IActivation last, IActivation before) {
        return isIdentity(last) || isIdentity(before);
    }

    private static boolean isIdentity(IActivation activation) {
        return activation instanceof ActivationIdentity;
    }

    private static String sourceOf(Inspection inspection, String vertex) {
        return inspection.reach().inputsOf(vertex).get(0);
    }

    /** The activation where the output layer's own is another; else null. */
    IActivation otherActivation() {
        return own ? null : activation;
    }
}
