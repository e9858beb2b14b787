package org.ogm4j.study.table;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ogm4j.study.Point;
import org.ogm4j.study.run.RunRecord;

/**
 * The numbers of a run, from which everything is reported: one line of {@code results.csv}.
 *
 * @param key of the job
 * @param method how the network was trained
 * @param only the modality that it reads alone, or empty
 * @param data their name
 * @param seed of everything random
 * @param fold from 0
 * @param point learning rate that was used, and strength that was chosen
 * @param measure what scores are
 * @param trained examples of an epoch
 * @param tested examples of the test
 * @param values of all metrics; NaN for what is not known
 */
public record Result(
        String key,
        String method,
        String only,
        String data,
        long seed,
        int fold,
        Point point,
        String measure,
        long trained,
        long tested,
        Map<Metric, Double> values) {

    /** Copies the map. */
    public Result {
        values = new LinkedHashMap<>(values);
    }

    double of(Metric metric) {
        return values.getOrDefault(metric, Double.NaN);
    }

    /** The same under another name of its data. */
    Result named(String other) {
        return new Result(
                key, method, only, other, seed, fold, point, measure, trained, tested, values);
    }

    /**
     * The same runs, with the time of a step over that of another baseline on the same data, seed
     * and fold: {@code (1 + own) / (1 + the baseline's) - 1}.
     */
    public static List<Result> against(List<Result> runs, String baseline) {
        Map<String, Double> base = new HashMap<>();
        runs.stream()
                .filter(run -> run.method().equals(baseline))
                .forEach(run -> base.put(run.data() + run.pair(), run.of(Metric.OVERHEAD)));
        return runs.stream()
                .map(
                        run -> {
                            double of = base.getOrDefault(run.data() + run.pair(), Double.NaN);
                            double over = (1 + run.of(Metric.OVERHEAD)) / (1 + of) - 1;
                            return run.with(Metric.OVERHEAD, over);
                        })
                .toList();
    }

    private Result with(Metric metric, double value) {
        Map<Metric, Double> changed = new LinkedHashMap<>(values);
        changed.replace(metric, value);
        return new Result(
                key, method, only, data, seed, fold, point, measure, trained, tested, changed);
    }

    /** What runs are paired by. */
    Pair pair() {
        return new Pair(seed, fold);
    }

    /**
     * Seed and fold.
     *
     * @param seed of the run
     * @param fold of the run
     */
    record Pair(long seed, int fold) {}

    /** Of runs, measured against one another where a metric says so. */
    public static List<Result> of(List<RunRecord> runs, String baseline) {
        References others = new References(runs, baseline);
        return runs.stream().map(run -> of(run, others)).toList();
    }

    private static Result of(RunRecord run, References others) {
        Map<Metric, Double> values = new LinkedHashMap<>();
        for (Metric metric : Metric.all(run.modalities())) {
            if (metric.belongsTo(run.measure())) {
                values.put(metric, metric.of(run, others));
            }
        }
        return new Result(
                run.key(),
                run.method(),
                run.only() == null ? "" : run.only(),
                run.data(),
                run.seed(),
                run.fold(),
                run.point(),
                run.measure(),
                run.trained(),
                run.tested(),
                values);
    }
}
