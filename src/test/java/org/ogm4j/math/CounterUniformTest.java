package org.ogm4j.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Bounds are 5 standard errors: a correct generator exceeds one with probability 5.7e-7, all 8 here
 * with 5e-6, for a random seed; seeds are fixed.
 */
class CounterUniformTest {

    private static final int N = 200_000;

    @Test
    void theStreamIsPinned() {
        // computed in Python from the definition
        double[] expected = {0.5814134166340232, 0.05356226324566049, 0.27623013668797736};
        assertArrayEquals(expected, CounterUniform.draw(2022, 1, (1L << 40) + 1, 3));
        double[] other = {0.13149001188410414, 0.8222163244393842, 0.669536452597741};
        assertArrayEquals(other, CounterUniform.draw(42, 3, 1L << 40, 3));
    }

    @Test
    void areUniform() {
        double[] u = CounterUniform.draw(7, 3, 1L << 40, N);
        assertTrue(Arrays.stream(u).allMatch(x -> x > 0 && x <= 1));
        assertEquals(0.5, Arrays.stream(u).average().orElseThrow(), 5 * Math.sqrt(1.0 / 12 / N));
        for (double bound : new double[] {0.01, 0.3, 0.7, 0.99}) {
            double share = Arrays.stream(u).filter(x -> x <= bound).count() / (double) N;
            assertEquals(bound, share, 5 * Math.sqrt(bound * (1 - bound) / N));
        }
    }

    /** The same example in another modality, in the noise, and in the next step. */
    @Test
    void streamsAreIndependent() {
        double[] u = CounterUniform.draw(7, 3, (1L << 40) + 1, N);
        assertUncorrelated(u, CounterUniform.draw(7, 3, (1L << 40) + 2, N));
        assertUncorrelated(u, CounterUniform.draw(7, 4, (1L << 40) + 1, N));
        assertUncorrelated(u, CounterGaussian.draw(7, 3, 0, N));
    }

    private static void assertUncorrelated(double[] u, double[] other) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < u.length; i++) {
            sum += (u[i] - 0.5) * other[i];
            squares += other[i] * other[i] / 12;
        }
        assertTrue(Math.abs(sum) < 5 * Math.sqrt(squares), "correlation " + sum);
    }
}
