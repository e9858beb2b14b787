package org.ogm4j.study;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What is chosen for a method before it is compared.
 *
 * @param learningRate of all updaters, positive and finite, or NaN for the network's own
 * @param strength of the method, positive and finite, or NaN for its default; what it is, the
 *     method says
 * @since 0.1.0
 */
public record Point(double learningRate, double strength) {

    /** The network's own learning rate and the method's own strength. */
    public static final Point OWN = new Point(Double.NaN, Double.NaN);

    /** Checks the numbers. */
    public Point {
        check("learning rate", learningRate);
        check("strength", strength);
    }

    private static void check(String name, double value) {
        if (!Double.isNaN(value) && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s must be positive and finite, or NaN for the default, got %s"
                            .formatted(name, value));
        }
    }

    /**
     * One point for each learning rate, with the method's own strength.
     *
     * @param rates positive and finite
     * @return the points, in that order
     */
    public static List<Point> rates(double... rates) {
        return Arrays.stream(rates).mapToObj(rate -> new Point(rate, Double.NaN)).toList();
    }

    /**
     * One point for each strength, with the network's own learning rate.
     *
     * @param strengths positive and finite
     * @return the points, in that order
     */
    public static List<Point> strengths(double... strengths) {
        return Arrays.stream(strengths).mapToObj(each -> new Point(Double.NaN, each)).toList();
    }

    /**
     * Every learning rate with every strength.
     *
     * @param rates positive and finite
     * @param strengths positive and finite
     * @return the points, strengths of the first rate first
     */
    public static List<Point> crossed(double[] rates, double[] strengths) {
        return DoubleStream.of(rates)
                .boxed()
                .flatMap(rate -> Arrays.stream(strengths).mapToObj(each -> new Point(rate, each)))
                .toList();
    }
}
