package org.ogm4j.evaluate;

import java.util.List;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.classification.EvaluationBinary;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.UnimodalEvaluation.Quality;
import org.ogm4j.score.OutputLoss.Kind;
import org.ogm4j.score.Truth;

/**
 * The answers of one answerer at one output, judged by their labels. DL4J's evaluations are given
 * what they count right: rows that count, in double, with labels of 0 and 1.
 */
final class Tally {

    private final String output;
    private final String answerer;
    private long examples;
    private Evaluation classes;
    private EvaluationBinary labels;
    private Errors errors;

    /**
     * Starts with nothing.
     *
     * @param answerer what to call it in a message
     */
    Tally(String output, String answerer) {
        this.output = output;
        this.answerer = answerer;
    }

    /**
     * Adds the answers of a batch.
     *
     * @param answers [rows, width]; row r is of example r mod m
     * @param present of each of the m examples whether it counts
     */
    void add(Truth truth, INDArray answers, boolean[] present) {
        JudgedRows rows = JudgedRows.of(truth, answers, present, output, answerer);
        examples += rows.examples();
        Kind kind = truth.loss().kind();
        if (kind == Kind.LOSSES) {
            errors = errors == null ? new Errors((int) answers.size(1)) : errors;
            errors.add(rows);
        } else if (kind == Kind.CLASSES) {
            classes = classes == null ? new Evaluation() : classes;
            if (rows.examples() > 0) {
                classes.eval(array(rows.truths()), array(rows.answers()));
            }
        } else {
            labels = labels == null ? new EvaluationBinary((int) answers.size(1), null) : labels;
            if (rows.examples() > 0) {
                labels.eval(array(rows.truths()), array(rows.answers()), array(rows.weights()));
            }
        }
    }

    private static INDArray array(List<double[]> rows) {
        return Nd4j.createFromArray(rows.toArray(double[][]::new));
    }

    /** What was found. */
    Quality quality() {
        return new Quality(examples, classes, labels, errors == null ? null : errors.regression());
    }
}
