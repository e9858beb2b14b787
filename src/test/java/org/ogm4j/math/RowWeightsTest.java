package org.ogm4j.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowWeightsTest {

    @Test
    void meanIsTheCoefficientAndDeviationsAreZTimesBesselAndScale() {
        double[] w = RowWeights.of(0.25, 2, new double[] {1, 4, 1});
        double c = 2 * Math.sqrt(3 / 2.0);
        assertArrayEquals(new double[] {0.25 - c, 0.25 + 2 * c, 0.25 - c}, w, 1e-15);
        assertEquals(0.25, Arrays.stream(w).average().orElseThrow(), 1e-15);
    }

    @Test
    void oneExampleGetsNoNoise() {
        assertArrayEquals(new double[] {0.7}, RowWeights.of(0.7, 1, new double[] {3.2}));
    }

    @Test
    void scaleZeroIsTheCoefficientExactly() {
        assertArrayEquals(new double[] {0.3, 0.3}, RowWeights.of(0.3, 0, new double[] {3, -1}));
    }
}
