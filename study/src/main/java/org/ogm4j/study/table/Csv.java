package org.ogm4j.study.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.ogm4j.study.stats.Estimate;

/**
 * The results for other programs. What is not known is an empty field; a field with a comma or
 * quotes is in quotes, and quotes in it are doubled.
 */
public final class Csv {

    private static final String ESTIMATE = "%1$s_n,%1$s_mean,%1$s_sd,%1$s_low,%1$s_high";

    /** The columns before those of the metrics. */
    static final List<String> FIXED =
            List.of(
                    "key",
                    "method",
                    "only",
                    "data",
                    "seed",
                    "fold",
                    "learning_rate",
                    "strength",
                    "measure",
                    "trained",
                    "tested");

    private Csv() {}

    /** One row per run, with all metrics that any of them has. */
    public static String runs(List<Result> runs) {
        List<Metric> metrics =
                runs.stream().flatMap(run -> run.values().keySet().stream()).distinct().toList();
        StringBuilder csv = new StringBuilder(String.join(",", FIXED));
        metrics.forEach(metric -> csv.append(',').append(quoted(metric.toString())));
        csv.append('\n');
        for (Result run : runs) {
            csv.append(
                    Stream.of(
                                    quoted(run.key()),
                                    quoted(run.method()),
                                    quoted(run.only()),
                                    quoted(run.data()),
                                    Long.toString(run.seed()),
                                    Integer.toString(run.fold()),
                                    number(run.point().learningRate()),
                                    number(run.point().strength()),
                                    quoted(run.measure()),
                                    Long.toString(run.trained()),
                                    Long.toString(run.tested()),
                                    numbers(metrics.stream().mapToDouble(run::of)))
                            .collect(Collectors.joining(",", "", "\n")));
        }
        return csv.toString();
    }

    /** One row per set of data, method and metric. */
    public static String summary(List<Summary> rows) {
        StringBuilder csv =
                new StringBuilder("data,method,metric,")
                        .append(ESTIMATE.formatted("value"))
                        .append(',')
                        .append(ESTIMATE.formatted("difference"))
                        .append(",difference_p,difference_p_holm\n");
        for (Summary row : rows) {
            Estimate difference = row.difference();
            csv.append(
                    Stream.of(
                                    quoted(row.data()),
                                    quoted(row.method()),
                                    quoted(row.metric().toString()),
                                    estimate(row.value()),
                                    estimate(difference),
                                    number(difference == null ? Double.NaN : difference.p()),
                                    number(row.holm()))
                            .collect(Collectors.joining(",", "", "\n")));
        }
        return csv.toString();
    }

    private static String estimate(Estimate estimate) {
        return estimate == null
                ? ",,,,"
                : estimate.n()
                        + ","
                        + numbers(
                                DoubleStream.of(
                                        estimate.mean(),
                                        estimate.sd(),
                                        estimate.low(),
                                        estimate.high()));
    }

    /** The text as a field. */
    public static String quoted(String text) {
        return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** The fields of a line. */
    public static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean inQuotes = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                if (inQuotes && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    inQuotes = !inQuotes;
                }
            } else if (c == ',' && !inQuotes) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    /** With six decimals; empty if it is not known. */
    public static String number(double x) {
        return Double.isFinite(x) ? String.format(Locale.ROOT, "%.6f", x) : "";
    }

    private static String numbers(DoubleStream values) {
        return values.mapToObj(Csv::number).collect(Collectors.joining(","));
    }
}
