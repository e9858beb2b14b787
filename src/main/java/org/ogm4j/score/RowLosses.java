package org.ogm4j.score;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.LogSoftMax;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The loss of every row of a batch, for any DL4J loss function. */
final class RowLosses {

    private RowLosses() {}

    /**
     * The loss l of each row.
     *
     * <p>For softmax with unweighted cross-entropy it is computed as {@code -sum_c y_c log
     * softmax(logits)_c}, exactly and without DL4J's clipping of probabilities at 1e-10; for all
     * else it is the loss function's own {@code computeScoreArray}.
     *
     * @param loss the loss function
     * @param activation the activation that makes predictions of logits
     * @param labels as the loss function wants them, [rows, classes] as a rule
     * @param logits [rows, classes]
     * @param mask one weight per single output, [rows, classes]; null if there is none
     * @return one number per row
     */
    static double[] of(
            ILossFunction loss,
            IActivation activation,
            INDArray labels,
            INDArray logits,
            INDArray mask) {
        boolean softmaxCrossEntropy =
                activation instanceof ActivationSoftmax
                        && loss instanceof LossMCXENT crossEntropy
                        && crossEntropy.getWeights() == null
                        && mask == null;
        INDArray perRow;
        if (softmaxCrossEntropy) {
            INDArray logProbability = Nd4j.exec(new LogSoftMax(logits, 1))[0];
            // minus infinity in single precision where logits differ by more than about 104: NaN
            // times a label of 0
            BooleanIndexing.replaceWhere(logProbability, -Float.MAX_VALUE, Conditions.isInfinite());
            perRow = logProbability.muli(labels.castTo(logits.dataType())).sum(1).negi();
        } else {
            perRow = loss.computeScoreArray(labels, logits, activation, mask);
        }
        return perRow.reshape(perRow.length()).toDoubleVector();
    }
}
