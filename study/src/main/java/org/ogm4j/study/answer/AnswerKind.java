package org.ogm4j.study.answer;

import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** What an output answers with; it decides what is measured. */
public enum AnswerKind {

    /** One class of several: accuracy and macro F1. */
    CLASSES("accuracy", "F1"),

    /** Yes or no, once or several times: accuracy of all answers, mean F1 of both. */
    YES_NO("accuracy", "F1"),

    /** Numbers: R^2 and mean squared error. */
    NUMBERS("R²", "squared error");

    private final String first;
    private final String second;

    AnswerKind(String first, String second) {
        this.first = first;
        this.second = second;
    }

    /** The name of the first measure, which is the better the larger. */
    public String first() {
        return first;
    }

    /** The name of the second measure. */
    public String second() {
        return second;
    }

    /** By its loss function, and softmax means classes whatever the loss. */
    public static AnswerKind of(Layer output) {
        ILossFunction loss = loss(output);
        boolean softmax =
                output instanceof BaseLayer layer
                        && layer.getActivationFn() instanceof ActivationSoftmax;
        if (softmax || loss instanceof LossMCXENT || loss instanceof LossSparseMCXENT) {
            return CLASSES;
        }
        return loss instanceof LossBinaryXENT ? YES_NO : NUMBERS;
    }

    /** The loss of an output layer, or null. */
    private static ILossFunction loss(Layer output) {
        if (output instanceof BaseOutputLayer layer) {
            return layer.getLossFn();
        }
        if (output instanceof LossLayer layer) {
            return layer.getLossFn();
        }
        if (output instanceof RnnLossLayer layer) {
            return layer.getLossFn();
        }
        return output instanceof CnnLossLayer layer ? layer.getLossFn() : null;
    }

    /** A new count of its answers. */
    public Tally tally() {
        return switch (this) {
            case CLASSES -> new Confusion();
            case YES_NO -> new YesNo();
            case NUMBERS -> new SquaredErrors();
        };
    }
}
