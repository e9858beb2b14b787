package org.ogm4j.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Bounds are 5 standard errors, which a correct generator exceeds with probability 5.7e-7 in each
 * of the 14 comparisons, unless something else is said; with the other two a false alarm has
 * probability 2e-5 for a random seed, and seeds are fixed.
 */
class ZigguratTest {

    private static final int N = 1_000_000;
    private static final double TAIL = 3.654152885361009;

    @Test
    void momentsAreThoseOfAStandardNormal() {
        double[] z = numbers(7, 3, 1, N);
        assertEquals(0, moment(z, 1), 5 * Math.sqrt(1.0 / N), "mean");
        assertEquals(1, moment(z, 2), 5 * Math.sqrt(2.0 / N), "variance");
        assertEquals(0, moment(z, 3), 5 * Math.sqrt(15.0 / N), "third moment");
        assertEquals(3, moment(z, 4), 5 * Math.sqrt(96.0 / N), "fourth moment");
    }

    /** Kolmogorov and Smirnov: P(sqrt(n) D > 2.8) = 2 exp(-2 * 2.8^2) = 3e-7. */
    @Test
    void theDistributionIsNormal() {
        double[] z = numbers(8, 0, 0, N);
        Arrays.sort(z);
        double most = 0;
        for (int i = 0; i < N; i++) {
            double p = below(z[i]);
            most = Math.max(most, Math.max(p - i / (double) N, (i + 1) / (double) N - p));
        }
        assertTrue(Math.sqrt(N) * most < 2.8, "D = " + most);
    }

    /**
     * 1,024 bins of the same probability, narrower than most strips: by Wilson and Hilferty chi^2
     * is above the bound, 4.3 standard deviations of its cube root, with probability 9e-6.
     */
    @Test
    void noStripIsDrawnTooOften() {
        double[] counts = new double[1024];
        for (double z : numbers(9, 0, 0, N)) {
            counts[(int) (below(z) * counts.length)]++;
        }
        double expected = N / (double) counts.length;
        double chi2 = Arrays.stream(counts).map(n -> (n - expected) * (n - expected)).sum();
        double degrees = counts.length - 1.0;
        double spread = 2 / (9 * degrees);
        double bound = degrees * Math.pow(1 - spread + 4.3 * Math.sqrt(spread), 3);
        assertTrue(chi2 / expected < bound, "chi^2 = " + chi2 / expected + " of " + bound);
    }

    /** Beyond the last strip, where the numbers come from another formula. */
    @Test
    void theTailsAreThoseOfAStandardNormal() {
        int n = 4 * N;
        double[] z = numbers(10, 0, 0, n);
        for (double bound : new double[] {TAIL, 4}) {
            double p = below(-bound);
            double error = 5 * Math.sqrt(p * (1 - p) / n);
            double above = Arrays.stream(z).filter(v -> v > bound).count() / (double) n;
            double under = Arrays.stream(z).filter(v -> v < -bound).count() / (double) n;
            assertEquals(p, above, error, "above " + bound);
            assertEquals(p, under, error, "below -" + bound);
        }
    }

    @Test
    void neighboursAndKeysAreUncorrelated() {
        double[] z = numbers(1, 1, 1, N);
        assertUncorrelated(z, numbers(2, 1, 1, N), "seed");
        assertUncorrelated(z, numbers(1, 2, 1, N), "iteration");
        assertUncorrelated(z, numbers(1, 1, 2, N), "block");
        assertUncorrelated(Arrays.copyOf(z, N - 1), Arrays.copyOfRange(z, 1, N), "lag 1");
        double[] squares = Arrays.stream(z).map(v -> (v * v - 1) / Math.sqrt(2)).toArray();
        assertUncorrelated(
                Arrays.copyOf(squares, N - 1), Arrays.copyOfRange(squares, 1, N), "sizes, lag 1");
        double[] steps = new double[N];
        for (int t = 0; t < N; t++) {
            steps[t] = numbers(5, t, 0, 1)[0];
        }
        assertUncorrelated(
                Arrays.copyOf(steps, N - 1), Arrays.copyOfRange(steps, 1, N), "next step");
    }

    @Test
    void aNumberDoesNotDependOnThePiecesThatAreAskedFor() {
        long key = CounterGaussian.key(3, 2, 1);
        double[] whole = numbers(3, 2, 1, 1000);
        double[] piece = new double[300];
        Ziggurat.fill(key, 650, piece, 300);
        assertArrayEquals(Arrays.copyOfRange(whole, 650, 950), piece);
    }

    @Test
    void theStreamIsPinnedSoThatAChangeOfItIsNoticed() {
        // computed in Python from the definition
        double[] first = {0.4840544056262034, 1.1250055345689558, 1.8851828433235496};
        assertArrayEquals(first, numbers(2022, 0, 0, 3), 1e-14);
        double[] later = numbers(42, 3, 1, 6102);
        assertEquals(0.04704210828997041, later[0], 1e-14);
        assertEquals(0.21454902833893616, later[5], 1e-14, "near the edge of a strip");
        assertEquals(-1.5734368018328306, later[27], 1e-14, "near the edge of a strip");
        assertEquals(3.856540516777054, later[4241], 1e-14, "in the tail");
        assertEquals(3.7806569114056825, later[6101], 1e-14, "in the tail");
    }

    private static double[] numbers(long seed, long iteration, long block, int count) {
        double[] z = new double[count];
        Ziggurat.fill(CounterGaussian.key(seed, iteration, block), 0, z, count);
        return z;
    }

    /** The distribution function, by a series without cancellation. */
    private static double below(double x) {
        double term = Math.abs(x);
        double sum = 0;
        for (int n = 3; term > 1e-18; n += 2) {
            sum += term;
            term *= x * x / n;
        }
        double half = sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        return x < 0 ? 0.5 - half : 0.5 + half;
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
