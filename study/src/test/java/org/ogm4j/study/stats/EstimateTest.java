package org.ogm4j.study.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EstimateTest {

    private static final double[] DIFFERENCES = {0.021, -0.004, 0.013, 0.032, 0.008, 0.017};

    /**
     * By hand: sd = sqrt(10/4), t = 2.776445 with 4 degrees of freedom, half = t sd / sqrt(5) = t
     * sqrt(1/2).
     */
    @Test
    void oneToFive() {
        Estimate estimate = Estimate.of(Sampling.SEEDS, 1, 2, 3, 4, 5);

        assertEquals(5, estimate.n());
        assertEquals(3, estimate.mean(), 1e-12);
        assertEquals(1.5811388, estimate.sd(), 1e-7);
        assertEquals(3 - 1.963243, estimate.low(), 1e-6);
        assertEquals(3 + 1.963243, estimate.high(), 1e-6);
    }

    /** SciPy 1.17.1: stats.ttest_1samp and stats.t.interval. */
    @Test
    void studentsTestAgreesWithSciPy() {
        Estimate estimate = Estimate.of(Sampling.SEEDS, DIFFERENCES);

        assertEquals(0.0145, estimate.mean(), 1e-12);
        assertEquals(0.012177848742696718, estimate.sd(), 1e-12);
        assertEquals(0.0017201315121515605, estimate.low(), 1e-9);
        assertEquals(0.02727986848784844, estimate.high(), 1e-9);
        assertEquals(0.03314539975674646, estimate.p(), 1e-9);
    }

    /**
     * Six runs tested on a quarter as many examples as they were trained on: variance factor 1/6 +
     * 1/4, so t falls by sqrt((1/6) / (5/12)) = sqrt(2/5). p and interval from SciPy's
     * distribution.
     */
    @Test
    void nadeauAndBengioWidenTheInterval() {
        Estimate plain = Estimate.of(Sampling.SEEDS, DIFFERENCES);

        Estimate corrected = Estimate.of(new Sampling(0.25), DIFFERENCES);

        assertEquals(plain.sd(), corrected.sd(), 0);
        assertEquals(
                Math.sqrt(2.5),
                (corrected.high() - corrected.low()) / (plain.high() - plain.low()),
                1e-9);
        assertEquals(-0.00570674630950648, corrected.low(), 1e-9);
        assertEquals(0.03470674630950648, corrected.high(), 1e-9);
        assertEquals(0.12440892922295187, corrected.p(), 1e-9);
    }

    @Test
    void twoValuesHaveNoInterval() {
        Estimate estimate = Estimate.of(Sampling.SEEDS, 1, 3);

        assertFalse(estimate.hasInterval());
        assertEquals(Math.sqrt(2), estimate.sd(), 1e-12);
        assertTrue(Double.isNaN(estimate.low()) && Double.isNaN(estimate.p()));
    }

    @Test
    void equalValuesHaveNoSpread() {
        Estimate estimate = Estimate.of(Sampling.SEEDS, 0.5, 0.5, 0.5);

        assertEquals(new Estimate(3, 0.5, 0, 0.5, 0.5, 0), estimate);
        assertEquals(1, Estimate.of(Sampling.SEEDS, 0, 0, 0).p());
    }

    @Test
    void oneValueHasNoSpread() {
        double none = Double.NaN;

        assertEquals(
                new Estimate(1, 0.7, none, none, none, none),
                Estimate.of(Sampling.SEEDS, none, 0.7));
        assertEquals(
                new Estimate(0, none, none, none, none, none),
                Estimate.of(Sampling.SEEDS, none, none));
    }

    /** 0.98, 0.99, 1: the interval of the mean would end at 1.0148. */
    @Test
    void theIntervalOfSharesEndsWhereSharesDo() {
        Estimate estimate = Estimate.of(Sampling.SEEDS, 0.98, 0.99, 1);

        assertTrue(estimate.high() > 1.01);
        assertEquals(1, estimate.within(0, 1).high());
        assertEquals(estimate.low(), estimate.within(0, 1).low());
    }

    @Test
    void examplesAreAtLeastNone() {
        assertThrows(IllegalArgumentException.class, () -> new Sampling(-0.1));
        assertThrows(IllegalArgumentException.class, () -> new Sampling(Double.NaN));
    }
}
