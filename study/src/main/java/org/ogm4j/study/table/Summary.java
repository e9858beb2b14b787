package org.ogm4j.study.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.ogm4j.study.stats.Estimate;
import org.ogm4j.study.stats.Holm;
import org.ogm4j.study.stats.Sampling;
import org.ogm4j.study.table.Result.Pair;

/**
 * One metric of one method on one set of data, over seeds and folds.
 *
 * @param data their name
 * @param method how the networks were trained
 * @param only the modality that it reads alone, or empty
 * @param metric what was measured
 * @param value of the method
 * @param difference to the baseline on equal seeds and folds: estimated from the method's value
 *     minus the baseline's for every pair that both have finished; null for the baseline itself and
 *     where it was not run
 * @param holm the p of the difference, corrected by Holm for all methods on these data that are no
 *     references; NaN for any metric but the fused one
 */
public record Summary(
        String data,
        String method,
        String only,
        Metric metric,
        Estimate value,
        Estimate difference,
        double holm) {

    private static final Comparator<Pair> ORDER =
            Comparator.comparingLong(Pair::seed).thenComparingInt(Pair::fold);

    /** All metrics of all methods and data, in the order in which the runs name them. */
    public static List<Summary> of(List<Result> runs, String baseline) {
        List<Summary> rows = new ArrayList<>();
        runs.stream()
                .collect(
                        Collectors.groupingBy(
                                Result::data, LinkedHashMap::new, Collectors.toList()))
                .forEach((data, equal) -> rows.addAll(corrected(rows(data, equal, baseline))));
        return rows;
    }

    /** Whether its network reads several modalities. */
    public boolean isRival() {
        return only.isEmpty();
    }

    private static List<Summary> rows(String data, List<Result> runs, String baseline) {
        Map<Pair, Result> base = byPair(runs, baseline);
        List<Metric> metrics =
                runs.stream().flatMap(run -> run.values().keySet().stream()).distinct().toList();
        List<Summary> rows = new ArrayList<>();
        for (String method : runs.stream().map(Result::method).distinct().toList()) {
            Map<Pair, Result> own = byPair(runs, method);
            Result any = own.values().iterator().next();
            Sampling sampling = sampling(own);
            for (Metric metric : metrics) {
                DoubleStream values = own.values().stream().mapToDouble(run -> run.of(metric));
                Estimate value = Estimate.of(sampling, values.toArray());
                rows.add(
                        new Summary(
                                data,
                                method,
                                any.only(),
                                metric,
                                metric.bounded(value, any.measure()),
                                difference(own, base, metric, sampling, any.measure()),
                                Double.NaN));
            }
        }
        return rows;
    }

    /** Runs of several folds share their examples. */
    private static Sampling sampling(Map<Pair, Result> runs) {
        if (runs.keySet().stream().map(Pair::fold).distinct().count() < 2) {
            return Sampling.SEEDS;
        }
        double trained = runs.values().stream().mapToDouble(Result::trained).sum();
        double tested = runs.values().stream().mapToDouble(Result::tested).sum();
        return new Sampling(tested / trained);
    }

    private static Map<Pair, Result> byPair(List<Result> runs, String method) {
        return runs.stream()
                .filter(run -> run.method().equals(method))
                .collect(
                        Collectors.toMap(
                                Result::pair, run -> run, (a, b) -> b, () -> new TreeMap<>(ORDER)));
    }

    private static Estimate difference(
            Map<Pair, Result> own,
            Map<Pair, Result> base,
            Metric metric,
            Sampling sampling,
            String measure) {
        if (base.isEmpty() || own.equals(base)) {
            return null;
        }
        double[] pairs =
                own.keySet().stream()
                        .filter(base::containsKey)
                        .mapToDouble(pair -> own.get(pair).of(metric) - base.get(pair).of(metric))
                        .toArray();
        Estimate difference = Estimate.of(sampling, pairs);
        return metric.isShare(measure) ? difference.within(-1, 1) : difference;
    }

    private static List<Summary> corrected(List<Summary> rows) {
        List<Summary> tests =
                rows.stream()
                        .filter(row -> row.metric.equals(Metric.FUSED) && row.isRival())
                        .filter(row -> row.difference != null)
                        .toList();
        double[] holm =
                Holm.adjusted(tests.stream().mapToDouble(row -> row.difference.p()).toArray());
        return rows.stream()
                .map(row -> tests.contains(row) ? row.with(holm[tests.indexOf(row)]) : row)
                .toList();
    }

    private Summary with(double corrected) {
        return new Summary(data, method, only, metric, value, difference, corrected);
    }
}
