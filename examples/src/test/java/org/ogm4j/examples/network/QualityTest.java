package org.ogm4j.examples.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class QualityTest {

    /**
     * Truth 0 0 0 1 1 2, answers 0 0 1 1 2 1. Class 0: TP 2, FP 0, FN 1, F1 4/5. Class 1: TP 1, FP
     * 2, FN 1, F1 2/5. Class 2: TP 0, F1 0. Class 3 is not there.
     */
    @Test
    void macroF1IsTheMeanOverTheClassesThatAreThere() {
        Confusion confusion = new Confusion(4);
        int[] truth = {0, 0, 0, 1, 1, 2};
        int[] answers = {0, 0, 1, 1, 2, 1};
        for (int i = 0; i < truth.length; i++) {
            confusion.add(truth[i], answers[i]);
        }

        assertEquals(0.5, confusion.accuracy(), 1e-12);
        assertEquals(0.4, confusion.macroF1(), 1e-12);
    }

    /** Always the frequent class: right 9 times of 10, F1 of it 18/19, of the other 0. */
    @Test
    void macroF1IsLowForWhoNeverAnswersTheRareClass() {
        Confusion confusion = new Confusion(2);
        for (int i = 0; i < 10; i++) {
            confusion.add(i == 0 ? 1 : 0, 0);
        }

        assertEquals(0.9, confusion.accuracy(), 1e-12);
        assertEquals(9.0 / 19, confusion.macroF1(), 1e-12);
    }

    @Test
    void aModalityThatIsNotReadHasNoQuality() {
        Confusion answered = new Confusion(2);
        Confusion silent = new Confusion(2);
        Quality.count(answered, new int[] {1}, Nd4j.createFromArray(new float[][] {{0, 3}}));
        Quality.count(silent, new int[] {1}, null);

        Quality quality = Quality.of(answered, answered, silent);

        assertEquals(new Accuracy(1, 1, Double.NaN), quality.accuracy());
        assertEquals(new MacroF1(1, 1, Double.NaN), quality.macroF1());
    }
}
