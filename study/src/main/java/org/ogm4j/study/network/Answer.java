package org.ogm4j.study.network;

import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.study.data.Target;

/**
 * What a network answers: classes by softmax with cross-entropy, several labels by sigmoids with
 * binary cross-entropy, or numbers with squared error.
 *
 * @param kind of the labels
 * @param size columns of the labels
 */
public record Answer(Target.Kind kind, int size) {

    /** One of so many classes. */
    public static Answer classes(int count) {
        return new Answer(Target.Kind.CLASS, count);
    }

    /** A linear layer with activation and loss. */
    public OutputLayer output() {
        return new OutputLayer.Builder(loss())
                .activation(activation())
                .weightInit(WeightInit.XAVIER)
                .nOut(size)
                .build();
    }

    /** Activation and loss alone. */
    LossLayer lossAlone() {
        return new LossLayer.Builder(loss()).activation(activation()).build();
    }

    private Activation activation() {
        return switch (kind) {
            case CLASS -> Activation.SOFTMAX;
            case LABELS -> Activation.SIGMOID;
            case NUMBERS -> Activation.IDENTITY;
        };
    }

    private LossFunction loss() {
        return switch (kind) {
            case CLASS -> LossFunction.MCXENT;
            case LABELS -> LossFunction.XENT;
            case NUMBERS -> LossFunction.MSE;
        };
    }
}
