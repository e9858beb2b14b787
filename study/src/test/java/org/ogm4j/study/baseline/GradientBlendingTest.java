package org.ogm4j.study.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ogm4j.study.baseline.GradientBlending.Curve;

class GradientBlendingTest {

    /** Held-out loss 2.4 to 1.4; gap 0.1 to 0.6. */
    private static final Curve FAST = new Curve(2.3, 2.4, 0.8, 1.4);

    /** Held-out loss 2.3 to 1.8; gap 0 to 0.25. */
    private static final Curve SLOW = new Curve(2.3, 2.3, 1.55, 1.8);

    @Test
    void gainAndOverfittingAreDifferencesOfTheCheckpoints() {
        assertEquals(1, FAST.generalization(), 1e-12);
        assertEquals(0.5, FAST.overfitting(), 1e-12);
        assertEquals(0.5, SLOW.generalization(), 1e-12);
        assertEquals(0.25, SLOW.overfitting(), 1e-12);
    }

    /** 1 / 0.25 = 4 and 0.5 / 0.0625 = 8: a third and two thirds. */
    @Test
    void theSlowerLossThatOverfitsLessWeighsMore() {
        assertArrayEquals(
                new double[] {1.0 / 3, 2.0 / 3},
                GradientBlending.weights(List.of(FAST, SLOW)),
                1e-12);
    }

    /** 4, 8 and 4: a quarter, a half, a quarter. */
    @Test
    void threeLosses() {
        assertArrayEquals(
                new double[] {0.25, 0.5, 0.25},
                GradientBlending.weights(List.of(FAST, SLOW, FAST)),
                1e-12);
    }

    @Test
    void whatDoesNotGeneralizeHasNoWeight() {
        Curve worse = new Curve(2.3, 2.3, 1, 2.5);

        assertArrayEquals(
                new double[] {0, 1}, GradientBlending.weights(List.of(worse, SLOW)), 1e-12);
        assertArrayEquals(
                new double[] {0.5, 0.5}, GradientBlending.weights(List.of(worse, worse)), 1e-12);
    }

    /** The gap shrinks by 0.1, O counts as 0.05: 40 against 8. */
    @Test
    void negativeOverfittingCountsAsLittle() {
        Curve better = new Curve(2.3, 2.4, 2.3, 2.3);

        double[] weights = GradientBlending.weights(List.of(better, SLOW));

        assertEquals(40.0 / 48, weights[0], 1e-9);
    }

    @Test
    void nothingAndNoNumbersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> GradientBlending.weights(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Curve(1, Double.NaN, 1, 1));
    }
}
