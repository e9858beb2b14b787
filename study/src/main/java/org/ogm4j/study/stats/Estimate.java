package org.ogm4j.study.stats;

import java.util.Arrays;

/**
 * What values of several runs say about their mean. What cannot be said is NaN: all without values,
 * the deviation with one, the interval and p below three.
 *
 * @param n how many values
 * @param mean of them
 * @param sd standard deviation, with n - 1
 * @param low lower end of the 95 % interval of the mean, {@code mean - t sd sqrt(f)} with t the
 *     0.975 quantile of Student's distribution with n - 1 degrees of freedom, and f that of the
 *     {@link Sampling}
 * @param high upper end of the interval
 * @param p of the two-sided t test that the mean is 0
 */
public record Estimate(int n, double mean, double sd, double low, double high, double p) {

    /** How sure the interval is. */
    public static final double CONFIDENCE = 0.95;

    /** From fewer values an interval says nothing: from two, 13 standard errors to each side. */
    public static final int FEWEST = 3;

    /**
     * From the values that are there: NaN does not count.
     *
     * @param sampling how the values hang together
     */
    public static Estimate of(Sampling sampling, double... all) {
        double[] values = Arrays.stream(all).filter(x -> !Double.isNaN(x)).toArray();
        int n = values.length;
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        double sd = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
        if (n < FEWEST) {
            return new Estimate(n, mean, sd, Double.NaN, Double.NaN, Double.NaN);
        }
        double error = sd * Math.sqrt(sampling.factor(n));
        double half = StudentT.quantile((1 + CONFIDENCE) / 2, n - 1) * error;
        double p = mean == 0 ? 1 : StudentT.twoSided(mean / error, n - 1);
        return new Estimate(n, mean, sd, mean - half, mean + half, p);
    }

    /** Whether there are enough values for an interval. */
    public boolean hasInterval() {
        return n >= FEWEST;
    }

    /** The same with an interval that ends where values do. */
    public Estimate within(double least, double most) {
        return new Estimate(n, mean, sd, Math.max(low, least), Math.min(high, most), p);
    }
}
