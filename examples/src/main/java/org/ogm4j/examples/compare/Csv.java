package org.ogm4j.examples.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.ogm4j.study.data.DataException;

/** The results for other programs. What is not known is an empty field; none holds a comma. */
final class Csv {

    private static final String ESTIMATE = "%1$s_n,%1$s_mean,%1$s_sd,%1$s_low,%1$s_high";

    private static final String HEADER =
            "key,method,seed,imbalance,format,learning_rate,strength,"
                    + Stream.of(Metric.values())
                            .map(Metric::toString)
                            .collect(Collectors.joining(","));

    private static final int FIXED = HEADER.split(",").length - Metric.values().length;

    private Csv() {}

    /** One row per run. */
    static String runs(List<Result> runs) {
        StringBuilder csv = new StringBuilder(HEADER).append('\n');
        for (Result run : runs) {
            csv.append(
                    "%s,%s,%d,%s,%s,%s,%s%n"
                            .formatted(
                                    run.key(),
                                    run.method(),
                                    run.seed(),
                                    run.imbalance(),
                                    run.format(),
                                    numbers(run.learningRate(), run.strength()),
                                    numbers(Stream.of(Metric.values()).mapToDouble(run::of))));
        }
        return csv.toString();
    }

    /**
     * Reads what {@link #runs} has written.
     *
     * @throws DataException if it is something else
     */
    static List<Result> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new DataException(file, "must begin with the columns " + HEADER);
        }
        List<Result> runs = new ArrayList<>();
        for (int line = 1; line < lines.size(); line++) {
            try {
                runs.add(parse(lines.get(line).split(",", -1)));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new DataException(file, "line %d is no run".formatted(line + 1), e);
            }
        }
        return runs;
    }

    private static Result parse(String[] fields) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        int column = FIXED;
        for (Metric metric : Metric.values()) {
            values.put(metric, number(fields[column++]));
        }
        return new Result(
                fields[0],
                fields[1],
                Long.parseLong(fields[2]),
                fields[3],
                fields[4],
                number(fields[5]),
                number(fields[6]),
                values);
    }

    /** One row per setting, method and metric. */
    static String summary(List<Summary> rows) {
        StringBuilder csv =
                new StringBuilder("format,imbalance,method,metric,")
                        .append(ESTIMATE.formatted("value"))
                        .append(',')
                        .append(ESTIMATE.formatted("difference"))
                        .append('\n');
        for (Summary row : rows) {
            csv.append(
                    "%s,%s,%s,%s,%s,%s%n"
                            .formatted(
                                    row.setting().format(),
                                    row.setting().imbalance(),
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

    private static double number(String field) {
        return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
    }

    private static String numbers(double... values) {
        return numbers(DoubleStream.of(values));
    }

    private static String numbers(DoubleStream values) {
        return values.mapToObj(x -> Double.isFinite(x) ? String.format(Locale.ROOT, "%.6f", x) : "")
                .collect(Collectors.joining(","));
    }
}
