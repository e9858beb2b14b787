package org.ogm4j.examples.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ogm4j.examples.compare.Summary.Setting;
import org.ogm4j.examples.training.Method;

/**
 * What the report says of one setting.
 *
 * @param setting the data and their noise
 * @param rows all metrics of all methods
 * @param runs of the setting
 */
record Comparative(Setting setting, List<Summary> rows, List<RunRecord> runs) {

    /** Is shown first where it was run: what this library is about. */
    static final String OWN = Method.OGM_GE.toString();

    /** One for each setting, in the order of the runs. */
    static List<Comparative> of(List<RunRecord> runs) {
        List<Result> results = Result.of(runs);
        Map<Setting, List<RunRecord>> bySetting = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            bySetting
                    .computeIfAbsent(Setting.of(results.get(i)), key -> new ArrayList<>())
                    .add(runs.get(i));
        }
        Map<Setting, List<Summary>> rows =
                Summary.of(results).stream().collect(Collectors.groupingBy(Summary::setting));
        return bySetting.entrySet().stream()
                .map(
                        each ->
                                new Comparative(
                                        each.getKey(), rows.get(each.getKey()), each.getValue()))
                .toList();
    }

    /** All methods in the order of the runs. */
    List<String> methods() {
        return rows.stream().map(Summary::method).distinct().toList();
    }

    Summary row(String method, Metric metric) {
        return rows.stream()
                .filter(row -> row.method().equals(method) && row.metric() == metric)
                .findFirst()
                .orElseThrow();
    }

    /** The fused differences to plain of the networks of both modalities, largest first. */
    List<Summary> differences() {
        return rows.stream()
                .filter(row -> row.metric() == Metric.FUSED)
                .filter(row -> !isReference(row.method()))
                .filter(row -> row.difference() != null && row.difference().n() > 0)
                .sorted(
                        Comparator.comparingDouble((Summary row) -> row.difference().mean())
                                .reversed())
                .toList();
    }

    /** The method with the largest mean difference, if there is one. */
    Optional<String> best() {
        return differences().stream().findFirst().map(Summary::method);
    }

    boolean has(String method) {
        return methods().contains(method);
    }

    /** Whether the pictures lead in plain training. */
    boolean visualLeads() {
        return rows.stream()
                .filter(row -> row.metric() == Metric.VISUAL_RATIO)
                .filter(row -> row.method().equals(Summary.BASELINE))
                .anyMatch(row -> row.value().mean() > 1);
    }

    static boolean isReference(String method) {
        return method.equals(Method.AUDIO_ONLY.toString())
                || method.equals(Method.VISUAL_ONLY.toString());
    }
}
