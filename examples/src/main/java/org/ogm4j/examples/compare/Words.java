package org.ogm4j.examples.compare;

import java.util.Locale;

/** Estimates as text. */
final class Words {

    private Words() {}

    /** Such as {@code 82.0 [77.0, 87.0]}; the mean alone of one seed; empty without any. */
    static String value(Estimate estimate, Metric metric) {
        return of(estimate, metric, "%.1f");
    }

    /** The same with signs. */
    static String difference(Estimate estimate, Metric metric) {
        return of(estimate, metric, "%+.1f");
    }

    /** With two decimals, for ratios. */
    static String fine(Estimate estimate) {
        return of(estimate, Metric.AUDIO_RATIO, "%.2f");
    }

    private static String of(Estimate estimate, Metric metric, String format) {
        if (estimate == null || estimate.n() == 0) {
            return "";
        }
        double scale = metric.scale();
        String mean = number(format, scale * estimate.mean());
        return estimate.n() < 2
                ? mean
                : "%s [%s, %s]"
                        .formatted(
                                mean,
                                number(format, scale * estimate.low()),
                                number(format, scale * estimate.high()));
    }

    /** A number in a format, with a point in every country. */
    static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
