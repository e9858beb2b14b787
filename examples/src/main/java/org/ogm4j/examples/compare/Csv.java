package org.ogm4j.examples.compare;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The results for other programs. What is not known is an empty field. */
final class Csv {

    private static final String ESTIMATE = "%1$s_n,%1$s_mean,%1$s_sd,%1$s_low,%1$s_high";

    private Csv() {}

    /** One row per run. */
    static String runs(List<RunRecord> runs) {
        String metrics =
                Stream.of(Metric.values()).map(Metric::toString).collect(Collectors.joining(","));
        StringBuilder csv =
                new StringBuilder("key,method,seed,imbalance,format,")
                        .append(metrics)
                        .append(",mean_ratio_audio,mean_ratio_visual,steps,seconds\n");
        for (RunRecord run : runs) {
            csv.append(
                    "%s,%s,%d,%s,%s,"
                            .formatted(
                                    run.key(),
                                    run.method(),
                                    run.seed(),
                                    run.imbalance(),
                                    run.format()));
            csv.append(numbers(Stream.of(Metric.values()).mapToDouble(metric -> metric.of(run))));
            csv.append(',').append(numbers(run.meanRatioAudio(), run.meanRatioVisual()));
            csv.append(String.format(Locale.ROOT, ",%d,%.1f%n", run.steps(), run.seconds()));
        }
        return csv.toString();
    }

    /** One row per imbalance, method and metric. */
    static String summary(List<Summary> rows) {
        StringBuilder csv =
                new StringBuilder("imbalance,method,metric,")
                        .append(ESTIMATE.formatted("value"))
                        .append(',')
                        .append(ESTIMATE.formatted("difference"))
                        .append('\n');
        for (Summary row : rows) {
            csv.append(
                    "%s,%s,%s,%s,%s%n"
                            .formatted(
                                    row.imbalance(),
                                    row.method(),
                                    row.metric(),
                                    estimate(row.value()),
                                    estimate(row.difference())));
        }
        return csv.toString();
    }

    private static String estimate(Estimate estimate) {
        return estimate == null
                ? ",,,,"
                : estimate.n()
                        + ","
                        + numbers(estimate.mean(), estimate.sd(), estimate.low(), estimate.high());
    }

    private static String numbers(double... values) {
        return numbers(DoubleStream.of(values));
    }

    private static String numbers(DoubleStream values) {
        return values.mapToObj(x -> Double.isFinite(x) ? String.format(Locale.ROOT, "%.6f", x) : "")
                .collect(Collectors.joining(","));
    }
}
