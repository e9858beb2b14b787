package org.ogm4j.examples.compare;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * What values of several seeds say about their mean. What cannot be said is NaN: all without
 * values, the deviation and the interval with one.
 *
 * @param n how many values
 * @param mean of them
 * @param sd standard deviation, with n - 1
 * @param low lower end of the 95 % interval of the mean, {@code mean - t sd / sqrt(n)} with t the
 *     0.975 quantile of Student's distribution with n - 1 degrees of freedom
 * @param high upper end of the interval
 */
record Estimate(int n, double mean, double sd, double low, double high) {

    /** How sure the interval is. */
    static final double CONFIDENCE = 0.95;

    /** From the values that are there: NaN does not count. */
    static Estimate of(double... all) {
        double[] values = Arrays.stream(all).filter(x -> !Double.isNaN(x)).toArray();
        int n = values.length;
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        if (n < 2) {
            return new Estimate(n, mean, Double.NaN, Double.NaN, Double.NaN);
        }
        double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        double sd = Math.sqrt(squares / (n - 1));
        // no random numbers are drawn, so it needs no generator
        double t =
                new TDistribution(null, n - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        double half = t * sd / Math.sqrt(n);
        return new Estimate(n, mean, sd, mean - half, mean + half);
    }
}
