package org.ogm4j.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.ogm4j.CoefficientRule;

/**
 * Rules give the same bits on every Java: {@code Math.tanh} may differ in the last digit between
 * two of them (it does between 17 and 25), {@code StrictMath.tanh} may not.
 */
class SameBitsTest {

    /** A hash of the bits of 100,000 coefficients of each rule, the same on Java 17 and 25. */
    @Test
    void ofCoefficients() {
        long[] sums = new long[3];
        CoefficientRule[] rules = {
            CoefficientRule.cvpr2022(0.8),
            CoefficientRule.tpami2024(0.8),
            CoefficientRule.deadZone(0.8, 0.1)
        };
        for (int i = 0; i < rules.length; i++) {
            for (int step = 1; step <= 100_000; step++) {
                double k = rules[i].coefficient(1 + step * 1e-4);
                sums[i] = 31 * sums[i] + Double.doubleToLongBits(k);
            }
        }
        assertEquals(-370937756323967328L, sums[0]);
        assertEquals(-3395198358607453002L, sums[1]);
        assertEquals(-7714639661669160613L, sums[2]);
    }
}
