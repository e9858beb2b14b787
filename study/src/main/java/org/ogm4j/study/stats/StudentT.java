package org.ogm4j.study.stats;

import org.apache.commons.math3.distribution.TDistribution;

/** Student's t distribution. */
final class StudentT {

    private StudentT() {}

    /** The value that a t of so many degrees of freedom stays below with probability p. */
    static double quantile(double p, int degrees) {
        return of(degrees).inverseCumulativeProbability(p);
    }

    /** The probability of a t at least as far from 0, on either side. */
    static double twoSided(double t, int degrees) {
        return 2 * of(degrees).cumulativeProbability(-Math.abs(t));
    }

    /** No random numbers are drawn, so it needs no generator. */
    private static TDistribution of(int degrees) {
        return new TDistribution(null, degrees);
    }
}
