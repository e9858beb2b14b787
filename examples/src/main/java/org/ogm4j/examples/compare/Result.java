package org.ogm4j.examples.compare;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of a run, from which everything is reported: one line of {@code results.csv}.
 *
 * @param key of the job
 * @param method how the network was trained
 * @param seed of everything random
 * @param imbalance the noise setting
 * @param format of the data
 * @param learningRate that was used
 * @param strength of the method; NaN for its default
 * @param values of all metrics; NaN for what is not known
 */
record Result(
        String key,
        String method,
        long seed,
        String imbalance,
        String format,
        double learningRate,
        double strength,
        Map<Metric, Double> values) {

    /** Copies the map. */
    Result {
        values = new EnumMap<>(values);
    }

    double of(Metric metric) {
        return values.get(metric);
    }

    /** Of runs, measured against one another where a metric says so. */
    static List<Result> of(List<RunRecord> runs) {
        References others = new References(runs);
        return runs.stream().map(run -> of(run, others)).toList();
    }

    private static Result of(RunRecord run, References others) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            values.put(metric, metric.of(run, others));
        }
        return new Result(
                run.key(),
                run.method(),
                run.seed(),
                run.imbalance(),
                run.format(),
                Double.parseDouble(run.settings().get("learningRate")),
                Double.parseDouble(run.settings().getOrDefault("strength", "NaN")),
                values);
    }
}
