package org.ogm4j.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Bounds are 5 standard errors, which a correct generator exceeds with probability 5.7e-7 in each
 * comparison; with the 24 comparisons here a false alarm has probability 1.4e-5 for a random seed,
 * and seeds are fixed.
 */
class CounterGaussianTest {

    private static final int N = 200_000;

    @Test
    void momentsAreThoseOfAStandardNormal() {
        double[] z = CounterGaussian.draw(7, 3, 1, N);
        assertEquals(0, moment(z, 1), 5 * Math.sqrt(1.0 / N), "mean");
        assertEquals(1, moment(z, 2), 5 * Math.sqrt(2.0 / N), "variance");
        assertEquals(0, moment(z, 3), 5 * Math.sqrt(15.0 / N), "third moment");
        assertEquals(3, moment(z, 4), 5 * Math.sqrt(96.0 / N), "fourth moment");
    }

    @Test
    void tailsAreThoseOfAStandardNormal() {
        double[] z = CounterGaussian.draw(8, 0, 0, N);
        double[] bounds = {-2, -1, 0, 1, 2, 3};
        double[] below = {
            0.0227501319, 0.1586552539, 0.5, 0.8413447461, 0.9772498681, 0.9986501020
        };
        for (int i = 0; i < bounds.length; i++) {
            double bound = bounds[i];
            double share = Arrays.stream(z).filter(v -> v < bound).count() / (double) N;
            assertEquals(
                    below[i],
                    share,
                    5 * Math.sqrt(below[i] * (1 - below[i]) / N),
                    "below " + bound);
        }
    }

    @Test
    void neighbouringCountersAndKeysAreUncorrelated() {
        double[] z = CounterGaussian.draw(1, 1, 1, N);
        assertUncorrelated(z, CounterGaussian.draw(2, 1, 1, N), "seed");
        assertUncorrelated(z, CounterGaussian.draw(1, 2, 1, N), "iteration");
        assertUncorrelated(z, CounterGaussian.draw(1, 1, 2, N), "modality");
        assertUncorrelated(Arrays.copyOf(z, N - 1), Arrays.copyOfRange(z, 1, N), "lag 1");
        assertUncorrelated(Arrays.copyOf(z, N - 2), Arrays.copyOfRange(z, 2, N), "lag 2");
        // one number per step, as training draws them
        double[] first = new double[N];
        double[] other = new double[N];
        for (int t = 0; t < N; t++) {
            first[t] = CounterGaussian.draw(5, t, 0, 1)[0];
            other[t] = CounterGaussian.draw(5, t, 1, 1)[0];
        }
        assertEquals(0, moment(first, 1), 5 * Math.sqrt(1.0 / N), "mean over steps");
        assertEquals(1, moment(first, 2), 5 * Math.sqrt(2.0 / N), "variance over steps");
        assertUncorrelated(first, other, "modalities over steps");
        assertUncorrelated(
                Arrays.copyOf(first, N - 1), Arrays.copyOfRange(first, 1, N), "next step");
    }

    @Test
    void sameKeySameNumbersAndShorterIsAPrefix() {
        double[] z = CounterGaussian.draw(-1, 12345, 2, 9);
        assertArrayEquals(z, CounterGaussian.draw(-1, 12345, 2, 9));
        assertArrayEquals(Arrays.copyOf(z, 4), CounterGaussian.draw(-1, 12345, 2, 4));
        assertFalse(Arrays.equals(z, CounterGaussian.draw(-1, 12346, 2, 9)));
        assertEquals(0, CounterGaussian.draw(1, 1, 1, 0).length);
    }

    @Test
    void theStreamIsPinnedSoThatAChangeOfItIsNoticed() {
        // computed in Python from the definition
        double[] expected = {-1.11265443136005, 0.8771176230927428, 0.35536923641520873};
        assertArrayEquals(expected, CounterGaussian.draw(2022, 0, 0, 3), 1e-15);
        double[] later = {-2.0951553651844645, -0.724560010426315, 1.8569710714969234};
        assertArrayEquals(later, CounterGaussian.draw(42, 3, 1, 3), 1e-15);
    }

    private static void assertUncorrelated(double[] a, double[] b, String what) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        assertTrue(
                Math.abs(sum / a.length) < 5 / Math.sqrt(a.length), what + ": " + sum / a.length);
    }

    private static double moment(double[] z, int order) {
        return Arrays.stream(z).map(v -> Math.pow(v, order)).average().orElseThrow();
    }
}
