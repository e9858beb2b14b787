package org.ogm4j.study.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class HolmTest {

    /** By hand: 4 x 0.005, 3 x 0.01, then 2 x 0.03 = 0.06, which 1 x 0.04 must not fall below. */
    @Test
    void fourTests() {
        assertArrayEquals(
                new double[] {0.03, 0.06, 0.06, 0.02},
                Holm.adjusted(0.01, 0.04, 0.03, 0.005),
                1e-15);
    }

    @Test
    void noneIsAboveOne() {
        assertArrayEquals(new double[] {1, 1, 0.9}, Holm.adjusted(0.8, 0.7, 0.3), 1e-15);
    }

    @Test
    void whatIsNoTestDoesNotCount() {
        double none = Double.NaN;
        assertArrayEquals(new double[] {none, 0.04, 0.04}, Holm.adjusted(none, 0.02, 0.03), 1e-15);
        assertArrayEquals(new double[] {}, Holm.adjusted());
    }
}
