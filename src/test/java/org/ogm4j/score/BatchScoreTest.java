package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BatchScoreTest {

    @Test
    void isTheMeanOfExpOfMinusTheLoss() {
        BatchScore score = new BatchScore(2);
        score.add(new double[] {0, Math.log(4)}, null);
        assertEquals((1 + 0.25) / 2, score.mean(), 1e-15);
    }

    @Test
    void aSequenceCountsWithTheMeanLossOfItsUnmaskedSteps() {
        BatchScore score = new BatchScore(2);
        // rows: step 0 of examples 0 and 1, step 1 of both, step 2 of both
        score.add(new double[] {1, 2, 3, 4, 100, 6}, new double[] {1, 1, 1, 1, 0, 1});
        assertEquals((Math.exp(-2) + Math.exp(-4)) / 2, score.mean(), 1e-15);
    }

    @Test
    void anExampleWithoutLabelsDoesNotCount() {
        BatchScore score = new BatchScore(3);
        score.add(new double[] {1, 50, 3}, new double[] {1, 0, 1});
        assertEquals((Math.exp(-1) + Math.exp(-3)) / 2, score.mean(), 1e-15);
    }

    @Test
    void lossesOfSeveralOutputsAddUp() {
        BatchScore score = new BatchScore(1);
        score.add(new double[] {1}, null);
        score.add(new double[] {0.5}, null);
        assertEquals(Math.exp(-1.5), score.mean(), 1e-15);
    }

    @Test
    void withoutAnyLabelThereIsNoScore() {
        BatchScore score = new BatchScore(2);
        score.add(new double[] {1, 1}, new double[] {0, 0});
        assertTrue(Double.isNaN(score.mean()));
    }

    @Test
    void anInfiniteLossIsScoreZeroAndNaNStaysNaN() {
        BatchScore score = new BatchScore(1);
        score.add(new double[] {Double.POSITIVE_INFINITY}, null);
        assertEquals(0, score.mean());
        score.add(new double[] {Double.NaN}, null);
        assertTrue(Double.isNaN(score.mean()));
    }
}
