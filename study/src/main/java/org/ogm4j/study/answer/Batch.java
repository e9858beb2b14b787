package org.ogm4j.study.answer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What counts of a batch's answers.
 *
 * @param kind of answer
 * @param labels of the output
 * @param mask of the output, or null
 */
public record Batch(AnswerKind kind, INDArray labels, INDArray mask) {

    /** The first measure of answers; NaN if there are none. */
    public double right(INDArray answers) {
        return count(kind.tally(), answers).first();
    }

    /**
     * The mean probability that the answers give the truth; NaN if there are none, and of numbers,
     * which have no probability.
     */
    public double score(INDArray answers) {
        return kind == AnswerKind.NUMBERS
                ? Double.NaN
                : count(new Probability(kind), answers).first();
    }

    private Tally count(Tally tally, INDArray answers) {
        if (answers != null) {
            Rows.count(tally, labels, answers, mask);
        }
        return tally;
    }
}
