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

    @Test
    void thoseThatDoNotCountHaveNoPart() {
        double[] w =
                RowWeights.of(
                        0.25,
                        2,
                        new double[] {1, 99, 4, 1, -7},
                        new boolean[] {true, false, true, true, false});
        double c = 2 * Math.sqrt(3 / 2.0);
        assertArrayEquals(new double[] {0.25 - c, 0, 0.25 + 2 * c, 0.25 - c, 0}, w, 1e-15);
        boolean[] one = {false, true};
        assertArrayEquals(new double[] {0, 0.7}, RowWeights.of(0.7, 1, new double[] {3, 3.2}, one));
        assertArrayEquals(
                new double[] {0, 0}, RowWeights.of(0.7, 1, new double[2], new boolean[2]));
    }

    /**
     * 100,000 draws against {@code (m_u/m)^2 / (m_u - 1)} times the covariance of the gradients of
     * the four examples that count, of six. Bounds are 5 standard errors, as an entry of the sample
     * covariance of Gaussians has variance {@code (S_aa S_bb + S_ab^2)/n}, and 5 for the mean: with
     * 9 comparisons a false alarm has probability 5e-6 for a random seed.
     */
    @Test
    void covarianceIsThatOfTheGradientOverThoseThatCount() {
        boolean[] counts = {true, false, true, true, false, true};
        double[][] g = {{1, 2, 0}, {50, 50, 50}, {-1, 0.5, 3}, {0.3, 0, 1}, {9, 9, 9}, {2, 2, -2}};
        int m = g.length;
        int present = 4;
        double[][] sums = new double[4][3]; // the mean, then the second moments
        int n = 100_000;
        for (int draw = 0; draw < n; draw++) {
            double[] w = RowWeights.of(0, 1, CounterGaussian.draw(5, draw, 0, m), counts);
            double[] h = new double[3];
            for (int i = 0; i < m; i++) {
                for (int a = 0; a < 3; a++) {
                    h[a] += w[i] * g[i][a] / m;
                }
            }
            for (int a = 0; a < 3; a++) {
                sums[3][a] += h[a] / n;
                for (int b = 0; b < 3; b++) {
                    sums[a][b] += h[a] * h[b] / n;
                }
            }
        }
        double[][] expected = new double[3][3];
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                double product = 0;
                double meanA = 0;
                double meanB = 0;
                for (int i : new int[] {0, 2, 3, 5}) {
                    product += g[i][a] * g[i][b] / present;
                    meanA += g[i][a] / present;
                    meanB += g[i][b] / present;
                }
                double share = (double) present / m;
                expected[a][b] = share * share * (product - meanA * meanB) / (present - 1);
            }
        }
        for (int a = 0; a < 3; a++) {
            assertEquals(0, sums[3][a], 5 * Math.sqrt(expected[a][a] / n), "mean");
            for (int b = 0; b <= a; b++) {
                double squares = expected[a][a] * expected[b][b] + expected[a][b] * expected[a][b];
                assertEquals(expected[a][b], sums[a][b], 5 * Math.sqrt(squares / n), a + "," + b);
            }
        }
    }
}
