package org.ogm4j.study.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CriticalDifferenceTest {

    /** Demsar 2006, section 3.2.2: four classifiers on 14 sets of data, q 2.569, CD 1.25. */
    @Test
    void demsarsExample() {
        assertEquals(2.569 * Math.sqrt(4 * 5 / (6.0 * 14)), CriticalDifference.of(4, 14), 1e-3);
        assertEquals(1.25, CriticalDifference.of(4, 14), 0.005);
    }

    /** SciPy 1.17.1: {@code studentized_range.ppf(0.95, 10, inf) / sqrt(2)} is 3.1637. */
    @Test
    void sciPysQuantile() {
        assertEquals(3.1637, CriticalDifference.of(10, 1) / Math.sqrt(110 / 6.0), 1e-4);
    }

    /** The range of two normal values has sqrt(2) times the quantile of one: 1.96 / sqrt(N). */
    @Test
    void ofTwoMethodsItIsTheNormalQuantile() {
        assertEquals(1.95996 / Math.sqrt(5), CriticalDifference.of(2, 5), 1e-4);
        assertEquals(Double.NaN, CriticalDifference.of(21, 5));
    }
}
