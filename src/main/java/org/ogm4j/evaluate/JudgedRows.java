package org.ogm4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.host.Numbers;
import org.ogm4j.score.OutputLoss.Kind;
import org.ogm4j.score.Truth;

/**
 * The rows of a batch that count, as in scores: not masked, with a label, of an example that has
 * the modality.
 */
final class JudgedRows {

    private final Kind kind;
    private final List<double[]> answers = new ArrayList<>();
    private final List<double[]> truths = new ArrayList<>();
    private final List<double[]> weights = new ArrayList<>();
    private int examples;

    private JudgedRows(Kind kind) {
        this.kind = kind;
    }

    /**
     * Takes the rows that count.
     *
     * @param answers [rows, width]; row r is of example r mod m
     * @param present of each of the m examples whether it counts
     * @param output to name in a message
     * @param answerer to name in a message
     * @throws IllegalArgumentException if labels and answers are not of one shape
     * @throws ArithmeticException if an answer is NaN
     */
    static JudgedRows of(
            Truth truth, INDArray answers, boolean[] present, String output, String answerer) {
        boolean indices = truth.loss().kind() == Kind.CLASSES && truth.loss().isSparse();
        int width = (int) answers.size(1);
        INDArray labels = truth.rows();
        if (labels.size(0) != answers.size(0) || (!indices && labels.size(1) != width)) {
            throw new IllegalArgumentException(
                    "labels of output \"%s\" must be shaped as what the %s answers, %s in rows, got %s"
                            .formatted(
                                    output,
                                    answerer,
                                    Arrays.toString(answers.shape()),
                                    Arrays.toString(labels.shape())));
        }
        double[] unmasked = truth.rowWeights();
        double[] mask = truth.elementMask() == null ? null : Numbers.of(truth.elementMask());
        double[] numbers = Numbers.of(answers);
        double[] right = Numbers.of(labels);
        JudgedRows rows = new JudgedRows(truth.loss().kind());
        boolean[] counted = new boolean[present.length];
        for (int r = 0; r < labels.size(0); r++) {
            int example = r % present.length;
            if (!present[example] || (unmasked != null && unmasked[r] == 0)) {
                continue;
            }
            double[] answer = Arrays.copyOfRange(numbers, r * width, (r + 1) * width);
            double[] own = new double[width];
            double[] weights = new double[width];
            for (int c = 0; c < width; c++) {
                own[c] = indices ? (right[r] == c ? 1 : 0) : right[r * width + c];
                weights[c] = mask == null || mask[r * width + c] != 0 ? 1 : 0;
            }
            counted[example] |= rows.add(answer, own, weights);
        }
        for (boolean example : counted) {
            rows.examples += example ? 1 : 0;
        }
        rows.requireNumbers(output, answerer);
        return rows;
    }

    /** Whether the row has a label. */
    private boolean add(double[] answer, double[] label, double[] weight) {
        double[] truth =
                switch (kind) {
                    case CLASSES -> oneHot(label, weight);
                    case LABELS -> Arrays.stream(label).map(y -> y > 0.5 ? 1 : 0).toArray();
                    case LOSSES -> label;
                };
        if (truth == null) {
            return false;
        }
        answers.add(answer);
        truths.add(truth);
        weights.add(weight);
        return true;
    }

    /** 1 at the class of the largest label, the first of equal ones; null if there is no label. */
    private static double[] oneHot(double[] label, double[] weight) {
        int largest = 0;
        for (int c = 1; c < label.length; c++) {
            largest = label[c] * weight[c] > label[largest] * weight[largest] ? c : largest;
        }
        if (!(label[largest] * weight[largest] > 0)) {
            return null;
        }
        double[] truth = new double[label.length];
        truth[largest] = 1;
        return truth;
    }

    private void requireNumbers(String output, String answerer) {
        for (double[] answer : answers) {
            if (Arrays.stream(answer).anyMatch(Double::isNaN)) {
                throw new ArithmeticException(
                        "answers of the %s at output \"%s\" must be numbers, got NaN: parameters or features are not finite"
                                .formatted(answerer, output));
            }
        }
    }

    /** [rows][width]. */
    List<double[]> answers() {
        return answers;
    }

    /** [rows][width]: 1 at the true class; 1 for labels above a half, else 0; or numbers. */
    List<double[]> truths() {
        return truths;
    }

    /** [rows][width]: 1, or 0 for a single output that is masked. */
    List<double[]> weights() {
        return weights;
    }

    /** How many examples have a row that counts. */
    int examples() {
        return examples;
    }
}
