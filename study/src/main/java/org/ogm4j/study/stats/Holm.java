package org.ogm4j.study.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction for several tests: with m of them, p in rising order, {@code p'_(i) = max over
 * j <= i of min(1, (m - j + 1) p_(j))}, counted from 1. Whoever rejects where p' is below 0.05 is
 * wrong about any of them with a probability of at most 0.05.
 *
 * @see <a href="https://www.jstor.org/stable/4615733">Holm: A Simple Sequentially Rejective
 *     Multiple Test Procedure, Scandinavian Journal of Statistics 6, 1979</a>
 */
public final class Holm {

    private Holm() {}

    /** The corrected values, in the order given; NaN is no test and stays as it is. */
    public static double[] adjusted(double... p) {
        int[] rising =
                IntStream.range(0, p.length)
                        .filter(i -> !Double.isNaN(p[i]))
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> p[i]))
                        .mapToInt(i -> i)
                        .toArray();
        double[] adjusted = new double[p.length];
        Arrays.fill(adjusted, Double.NaN);
        double largest = 0;
        for (int rank = 0; rank < rising.length; rank++) {
            largest = Math.max(largest, Math.min(1, (rising.length - rank) * p[rising[rank]]));
            adjusted[rising[rank]] = largest;
        }
        return adjusted;
    }
}
