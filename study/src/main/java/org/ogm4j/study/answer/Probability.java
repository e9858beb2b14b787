package org.ogm4j.study.answer;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean probability of the truth, over rows, or over all answers of yes or no. */
public final class Probability implements Tally {

    private final AnswerKind kind;
    private double mean = Double.NaN;

    Probability(AnswerKind kind) {
        this.kind = kind;
    }

    @Override
    public void add(INDArray truth, INDArray answer) {
        INDArray labels = truth.castTo(answer.dataType());
        if (kind == AnswerKind.YES_NO) {
            INDArray no = answer.rsub(1).mul(labels.rsub(1));
            mean = answer.mul(labels).add(no).meanNumber().doubleValue();
        } else if (truth.size(1) == 1 && answer.size(1) > 1) {
            mean = ofNumbered(truth, answer);
        } else {
            mean = answer.mul(labels).sum(1).meanNumber().doubleValue();
        }
    }

    private static double ofNumbered(INDArray truth, INDArray answer) {
        int[] classes = Confusion.classes(truth, answer.size(1));
        INDArray p = answer.castTo(DataType.DOUBLE);
        double sum = 0;
        for (int i = 0; i < classes.length; i++) {
            sum += p.getDouble(i, classes[i]);
        }
        return sum / classes.length;
    }

    @Override
    public double first() {
        return mean;
    }

    @Override
    public double second() {
        return mean;
    }
}
