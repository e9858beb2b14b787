package org.ogm4j.examples.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.training.Method;

/**
 * One metric of one method on one kind of data under one imbalance, over seeds.
 *
 * @param setting the data and their noise
 * @param method how the networks were trained
 * @param metric what was measured
 * @param value of the method
 * @param difference to plain on equal seeds: estimated from the method's value minus plain's for
 *     every seed that both have finished; null for plain itself and where plain was not run
 */
record Summary(Setting setting, String method, Metric metric, Estimate value, Estimate difference) {

    /** What the others are compared with. */
    static final String BASELINE = Method.PLAIN.toString();

    /**
     * What methods are compared on.
     *
     * @param format of the data
     * @param imbalance the noise setting
     */
    record Setting(String format, String imbalance) {

        static Setting of(Result run) {
            return new Setting(run.format(), run.imbalance());
        }

        /** The noise of sound and pictures, for the eye. */
        String noiseInWords() {
            DataFormat named =
                    DataFormat.valueOf(format.toUpperCase(Locale.ROOT).replace('-', '_'));
            return Imbalance.named(imbalance).inWords(named);
        }
    }

    /** All metrics of all methods and settings, in the order in which the runs name them. */
    static List<Summary> of(List<Result> runs) {
        List<Summary> rows = new ArrayList<>();
        runs.stream()
                .collect(
                        Collectors.groupingBy(Setting::of, LinkedHashMap::new, Collectors.toList()))
                .forEach((setting, equal) -> rows.addAll(of(setting, equal)));
        return rows;
    }

    private static List<Summary> of(Setting setting, List<Result> runs) {
        Map<Long, Result> plain = bySeed(runs, BASELINE);
        List<Summary> rows = new ArrayList<>();
        for (String method : runs.stream().map(Result::method).distinct().toList()) {
            Map<Long, Result> own = bySeed(runs, method);
            for (Metric metric : Metric.values()) {
                double[] values =
                        own.values().stream().mapToDouble(run -> run.of(metric)).toArray();
                rows.add(
                        new Summary(
                                setting,
                                method,
                                metric,
                                Estimate.of(values),
                                difference(own, plain, metric)));
            }
        }
        return rows;
    }

    private static Map<Long, Result> bySeed(List<Result> runs, String method) {
        return runs.stream()
                .filter(run -> run.method().equals(method))
                .collect(Collectors.toMap(Result::seed, run -> run, (a, b) -> b, TreeMap::new));
    }

    private static Estimate difference(
            Map<Long, Result> own, Map<Long, Result> plain, Metric metric) {
        if (plain.isEmpty() || own.equals(plain)) {
            return null;
        }
        return Estimate.of(
                own.keySet().stream()
                        .filter(plain::containsKey)
                        .mapToDouble(seed -> own.get(seed).of(metric) - plain.get(seed).of(metric))
                        .toArray());
    }
}
