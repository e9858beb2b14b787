package org.ogm4j.study.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ogm4j.study.run.RunRecord;
import org.ogm4j.study.table.Metric;
import org.ogm4j.study.table.Metric.Kind;
import org.ogm4j.study.table.Result;
import org.ogm4j.study.table.Summary;
import org.ogm4j.study.table.Verdict;

/**
 * What the report says of one set of data.
 *
 * @param data their name
 * @param note what is to be said of them; may be empty
 * @param baseline the method that others are compared with
 * @param shown the method that is shown beside it
 * @param rows all metrics of all methods
 * @param runs on these data
 */
record Comparative(
        String data,
        String note,
        String baseline,
        String shown,
        List<Summary> rows,
        List<RunRecord> runs) {

    /** One for each set of data, in the order of the runs. */
    static List<Comparative> of(
            List<RunRecord> runs, String baseline, String shown, Map<String, String> notes) {
        Map<String, List<RunRecord>> byData = new LinkedHashMap<>();
        runs.forEach(run -> byData.computeIfAbsent(run.data(), key -> new ArrayList<>()).add(run));
        List<Summary> rows = Summary.of(Result.of(runs, baseline), baseline);
        return byData.entrySet().stream()
                .map(
                        each ->
                                new Comparative(
                                        each.getKey(),
                                        notes.getOrDefault(each.getKey(), ""),
                                        baseline,
                                        shown,
                                        rows.stream()
                                                .filter(row -> row.data().equals(each.getKey()))
                                                .toList(),
                                        each.getValue()))
                .toList();
    }

    /** All methods in the order of the runs. */
    List<String> methods() {
        return rows.stream().map(Summary::method).distinct().toList();
    }

    /** The methods of networks that read several modalities. */
    List<String> rivals() {
        return rows.stream().filter(Summary::isRival).map(Summary::method).distinct().toList();
    }

    List<String> modalities() {
        return rows.stream()
                .filter(row -> row.metric().kind() == Kind.ALONE)
                .map(row -> row.metric().modality())
                .distinct()
                .toList();
    }

    /** What scores are: accuracy or R^2. */
    String measure() {
        return runs.get(0).measure();
    }

    boolean knows(Metric metric) {
        return rows.stream().anyMatch(row -> row.metric().equals(metric));
    }

    Summary row(String method, Metric metric) {
        return rows.stream()
                .filter(row -> row.method().equals(method) && row.metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    /** The method that reads this modality alone, if it was run. */
    Optional<String> reference(String modality) {
        return rows.stream()
                .filter(row -> row.only().equals(modality))
                .map(Summary::method)
                .findFirst();
    }

    boolean isRival(String method) {
        return rivals().contains(method);
    }

    /** The fused differences to the baseline of the rivals, largest first. */
    List<Summary> differences() {
        return Verdict.differences(rows, data).stream()
                .sorted(
                        Comparator.comparingDouble((Summary row) -> row.difference().mean())
                                .reversed())
                .toList();
    }

    /** The fused difference to the baseline of every pair of runs, in points. */
    List<Double> pairs(String method) {
        List<Double> pairs = new ArrayList<>();
        for (RunRecord own : runs) {
            for (RunRecord base : runs) {
                if (own.method().equals(method)
                        && base.method().equals(baseline)
                        && own.seed() == base.seed()
                        && own.fold() == base.fold()) {
                    pairs.add(100 * (own.test().fused() - base.test().fused()));
                }
            }
        }
        return pairs;
    }

    /** The method with the largest mean difference, if there is one. */
    Optional<String> best() {
        return differences().stream().findFirst().map(Summary::method);
    }

    boolean has(String method) {
        return methods().contains(method);
    }

    /** The modality that leads in the baseline's training: of the highest ratio. */
    Optional<String> leader() {
        return rows.stream()
                .filter(row -> row.metric().kind() == Kind.RATIO && row.value().n() > 0)
                .filter(row -> row.method().equals(baseline))
                .max(Comparator.comparingDouble(row -> row.value().mean()))
                .map(row -> row.metric().modality());
    }
}
