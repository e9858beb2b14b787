package org.ogm4j.study.answer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AnswersTest {

    /**
     * Truth 0 0 0 1 1 2, answers 0 0 1 1 2 1. Class 0: TP 2, FP 0, FN 1, F1 4/5. Class 1: TP 1, FP
     * 2, FN 1, F1 2/5. Class 2: TP 0, F1 0.
     */
    @Test
    void macroF1IsTheMeanOverTheClassesThatAreThere() {
        Confusion confusion = new Confusion();
        int[] truth = {0, 0, 0, 1, 1, 2};
        int[] answers = {0, 0, 1, 1, 2, 1};
        for (int i = 0; i < truth.length; i++) {
            confusion.add(truth[i], answers[i]);
        }

        assertEquals(0.5, confusion.first(), 1e-12);
        assertEquals(0.4, confusion.second(), 1e-12);
    }

    /** Always the frequent class: right 9 times of 10, F1 of it 18/19, of the other 0. */
    @Test
    void macroF1IsLowForWhoNeverAnswersTheRareClass() {
        Confusion confusion = new Confusion();
        for (int i = 0; i < 10; i++) {
            confusion.add(i == 0 ? 1 : 0, 0);
        }

        assertEquals(0.9, confusion.first(), 1e-12);
        assertEquals(9.0 / 19, confusion.second(), 1e-12);
    }

    @Test
    void classesMayBeNumbers() {
        INDArray answers = matrix(new double[][] {{0, 3, 1}, {2, 0, 1}, {0, 1, 5}});

        assertEquals(
                2.0 / 3,
                right(AnswerKind.CLASSES, matrix(new double[][] {{1}, {0}, {1}}), answers),
                1e-12);
    }

    /** Errors 1, 0, 1, 4 are 6; around the mean 2.5: 2.25 + 0.25 + 0.25 + 2.25 = 5. R^2 = -0.2. */
    @Test
    void numbersAreMeasuredByTheShareOfVarianceExplained() {
        INDArray truth = matrix(new double[][] {{1}, {2}, {3}, {4}});
        INDArray answers = matrix(new double[][] {{2}, {2}, {2}, {2}});
        SquaredErrors errors = new SquaredErrors();
        errors.add(truth, answers);

        assertEquals(-0.2, errors.first(), 1e-12);
        assertEquals(1.5, errors.second(), 1e-12);
        assertEquals(1, right(AnswerKind.NUMBERS, truth, truth), 1e-12);
    }

    @Test
    void yesAndNoAreCountedInAllColumns() {
        INDArray truth = matrix(new double[][] {{1, 0}, {0, 0}});
        INDArray answers = matrix(new double[][] {{0.9, 0.6}, {0.2, 0.1}});

        assertEquals(0.75, right(AnswerKind.YES_NO, truth, answers), 1e-12);
        assertEquals(
                (0.9 + 0.4 + 0.8 + 0.9) / 4,
                new Batch(AnswerKind.YES_NO, truth, null).score(answers),
                1e-6);
    }

    /** Two sequences of three steps; the mask leaves three steps, of which two are right. */
    @Test
    void stepsBehindTheMaskDoNotCount() {
        INDArray truth = Nd4j.zeros(2, 2, 3);
        INDArray answers = Nd4j.zeros(2, 2, 3);
        for (int i = 0; i < 2; i++) {
            for (int t = 0; t < 3; t++) {
                truth.putScalar(i, 0, t, 1);
                answers.putScalar(i, i == 0 && t < 2 ? 0 : 1, t, 1);
            }
        }
        INDArray mask = matrix(new double[][] {{1, 1, 0}, {1, 0, 0}});

        assertEquals(2.0 / 3, new Batch(AnswerKind.CLASSES, truth, mask).right(answers), 1e-12);
        assertEquals(2.0 / 6, right(AnswerKind.CLASSES, truth, answers), 1e-12);
    }

    @Test
    void anAnswerThatIsNotGivenHasNoQuality() {
        Batch batch = new Batch(AnswerKind.CLASSES, matrix(new double[][] {{0, 1}}), null);

        assertEquals(Double.NaN, batch.right(null));
        assertEquals(Double.NaN, batch.score(null));
        assertArrayEquals(new int[] {1}, Confusion.classes(matrix(new double[][] {{0, 1}}), 2));
    }

    private static double right(AnswerKind kind, INDArray truth, INDArray answers) {
        return new Batch(kind, truth, null).right(answers);
    }

    private static INDArray matrix(double[][] values) {
        return Nd4j.createFromArray(values);
    }
}
