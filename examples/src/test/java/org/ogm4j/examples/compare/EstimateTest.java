package org.ogm4j.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EstimateTest {

    /**
     * sd = sqrt(10/4), t = 2.776445 with 4 degrees of freedom, half = t sd / sqrt(5) = t sqrt(1/2).
     */
    @Test
    void oneToFive() {
        Estimate estimate = Estimate.of(1, 2, 3, 4, 5);

        assertEquals(5, estimate.n());
        assertEquals(3, estimate.mean(), 1e-12);
        assertEquals(1.5811388, estimate.sd(), 1e-7);
        assertEquals(3 - 1.963243, estimate.low(), 1e-6);
        assertEquals(3 + 1.963243, estimate.high(), 1e-6);
    }

    /** With one degree of freedom t = tan(0.475 pi) = 12.706205; sd / sqrt(2) = 1. */
    @Test
    void twoValues() {
        Estimate estimate = Estimate.of(1, 3);

        assertEquals(2 - 12.706205, estimate.low(), 1e-5);
        assertEquals(2 + 12.706205, estimate.high(), 1e-5);
    }

    @Test
    void equalValuesHaveNoSpread() {
        assertEquals(new Estimate(3, 0.5, 0, 0.5, 0.5), Estimate.of(0.5, 0.5, 0.5));
    }

    @Test
    void oneValueHasNoInterval() {
        double none = Double.NaN;

        assertEquals(new Estimate(1, 0.7, none, none, none), Estimate.of(0.7));
        assertEquals(new Estimate(1, 0.7, none, none, none), Estimate.of(none, 0.7));
        assertEquals(new Estimate(0, none, none, none, none), Estimate.of(none, none));
    }
}
