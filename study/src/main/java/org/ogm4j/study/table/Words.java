package org.ogm4j.study.table;

import java.util.Locale;
import org.ogm4j.study.stats.Estimate;

/** Estimates as text. */
public final class Words {

    /** Two values of six decimals, in points. */
    private static final double NOTHING = 1.0001e-4;

    private Words() {}

    /**
     * Such as {@code 82.0 [77.0, 87.0]}; the mean alone without an interval; empty without runs.
     */
    public static String value(Estimate estimate, Metric metric) {
        return of(estimate, metric, metric.kind() == Metric.Kind.RATIO ? "%.2f" : "%.1f");
    }

    /** The same with signs. */
    public static String difference(Estimate estimate, Metric metric) {
        return of(estimate, metric, "%+.1f");
    }

    /** Such as {@code 82.0 ± 2.0}; the mean alone of one run; empty without runs. */
    public static String spread(Estimate estimate, Metric metric) {
        return spread(estimate, metric, metric.isSigned() ? "%+.1f" : "%.1f");
    }

    static String spread(Estimate estimate, Metric metric, String format) {
        if (estimate == null || estimate.n() == 0) {
            return "";
        }
        String mean = number(format, metric.scale() * estimate.mean());
        return estimate.n() == 1
                ? mean
                : mean + " ± " + number("%.1f", metric.scale() * estimate.sd());
    }

    /** A name that Markdown does not take for its own signs. */
    public static String markdown(String name) {
        return name.replaceAll("[|<\\\\]", "\\\\$0");
    }

    private static String of(Estimate estimate, Metric metric, String format) {
        if (estimate == null || estimate.n() == 0) {
            return "";
        }
        double scale = metric.scale();
        String mean = number(format, scale * estimate.mean());
        return estimate.hasInterval()
                ? "%s [%s, %s]"
                        .formatted(
                                mean,
                                number(format, scale * estimate.low()),
                                number(format, scale * estimate.high()))
                : mean;
    }

    /**
     * A number in a format, with a point in every country. What is 0 but for the last decimal of a
     * {@code results.csv}, in points, has no minus; what rounds to 0 keeps it.
     */
    public static String number(String format, double value) {
        return String.format(Locale.ROOT, format, Math.abs(value) <= NOTHING ? 0 : value);
    }

    /** A probability: with three decimals, or that it is below the least that they show. */
    public static String probability(double p) {
        if (Double.isNaN(p)) {
            return "";
        }
        return p < 0.001 ? "< 0.001" : number("%.3f", p);
    }
}
