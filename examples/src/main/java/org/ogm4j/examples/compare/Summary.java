package org.ogm4j.examples.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ogm4j.examples.training.Method;

/**
 * One metric of one method under one imbalance, over seeds.
 *
 * @param imbalance the noise setting
 * @param method how the networks were trained
 * @param metric name of the metric
 * @param value of the method
 * @param difference to plain on equal seeds: estimated from the method's value minus plain's for
 *     every seed that both have finished; null for plain itself and where plain was not run
 */
record Summary(
        String imbalance, String method, String metric, Estimate value, Estimate difference) {

    /** What the others are compared with. */
    static final String BASELINE = Method.PLAIN.toString();

    /** All metrics of all methods and imbalances, in the order in which the runs name them. */
    static List<Summary> of(List<RunRecord> runs) {
        List<Summary> rows = new ArrayList<>();
        for (String imbalance : runs.stream().map(RunRecord::imbalance).distinct().toList()) {
            List<RunRecord> equal =
                    runs.stream().filter(run -> run.imbalance().equals(imbalance)).toList();
            Map<Long, RunRecord> plain = bySeed(equal, BASELINE);
            for (String method : runs.stream().map(RunRecord::method).distinct().toList()) {
                Map<Long, RunRecord> own = bySeed(equal, method);
                if (own.isEmpty()) {
                    continue;
                }
                for (Metric metric : Metric.values()) {
                    rows.add(
                            new Summary(
                                    imbalance,
                                    method,
                                    metric.toString(),
                                    Estimate.of(
                                            own.values().stream()
                                                    .mapToDouble(metric::of)
                                                    .toArray()),
                                    difference(own, plain, metric)));
                }
            }
        }
        return rows;
    }

    private static Map<Long, RunRecord> bySeed(List<RunRecord> runs, String method) {
        return runs.stream()
                .filter(run -> run.method().equals(method))
                .collect(Collectors.toMap(RunRecord::seed, run -> run, (a, b) -> b, TreeMap::new));
    }

    private static Estimate difference(
            Map<Long, RunRecord> own, Map<Long, RunRecord> plain, Metric metric) {
        if (plain.isEmpty() || own.equals(plain)) {
            return null;
        }
        return Estimate.of(
                own.keySet().stream()
                        .filter(plain::containsKey)
                        .mapToDouble(seed -> metric.of(own.get(seed)) - metric.of(plain.get(seed)))
                        .toArray());
    }
}
