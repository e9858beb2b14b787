package org.ogm4j.bench;

import java.util.List;

/**
 * The median of paired ratios with its spread.
 *
 * @param pairs how many
 * @param lowerQuartile a quarter of the ratios lie below
 * @param low lower end of the 95 % interval of the median
 * @param median half of the ratios lie below
 * @param high upper end of the 95 % interval of the median
 * @param upperQuartile a quarter of the ratios lie above
 */
record MedianRatio(
        int pairs,
        double lowerQuartile,
        double low,
        double median,
        double high,
        double upperQuartile) {

    /**
     * The interval is that of order statistics, {@code n/2 -+ 0.98 sqrt(n)}: it assumes no
     * distribution.
     */
    static MedianRatio of(List<Double> ratios) {
        double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double half = 0.98 / Math.sqrt(sorted.length);
        return new MedianRatio(
                sorted.length,
                quantile(sorted, 0.25),
                quantile(sorted, 0.5 - half),
                quantile(sorted, 0.5),
                quantile(sorted, 0.5 + half),
                quantile(sorted, 0.75));
    }

    private static double quantile(double[] sorted, double share) {
        double at = Math.max(0, Math.min(1, share)) * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    String describe(String what) {
        return String.format(
                "%nRATIO %s: median %.4f, 95 %% interval %.4f to %.4f, quartiles %.4f to %.4f, %d pairs%n",
                what, median, low, high, lowerQuartile, upperQuartile, pairs);
    }
}
