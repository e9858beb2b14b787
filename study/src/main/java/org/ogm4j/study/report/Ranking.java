package org.ogm4j.study.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ogm4j.study.html.Table;
import org.ogm4j.study.table.Metric;
import org.ogm4j.study.table.Words;

/**
 * Methods by their rank on every set of data: 1 has the best mean of the fused answer, equal means
 * share the mean of their ranks. Only methods that were run on all data are ranked.
 *
 * @param settings all sets of data
 */
record Ranking(List<Comparative> settings) {

    /** The ranks on each set of data, by method. */
    Map<String, List<Double>> ranks() {
        List<String> methods =
                settings.get(0).rivals().stream()
                        .filter(method -> settings.stream().allMatch(s -> s.isRival(method)))
                        .toList();
        Map<String, List<Double>> ranks = new LinkedHashMap<>();
        methods.forEach(method -> ranks.put(method, new ArrayList<>()));
        for (Comparative setting : settings) {
            for (String method : methods) {
                double own = mean(setting, method);
                long better = methods.stream().filter(m -> mean(setting, m) > own).count();
                long equal = methods.stream().filter(m -> mean(setting, m) == own).count();
                ranks.get(method).add(better + (equal + 1) / 2.0);
            }
        }
        return ranks;
    }

    private static double mean(Comparative setting, String method) {
        return setting.row(method, Metric.FUSED).value().mean();
    }

    /** A table, the best mean rank first; nothing of one set of data. */
    String html() {
        Map<String, List<Double>> ranks = ranks();
        if (settings.size() < 2 || ranks.size() < 2) {
            return "";
        }
        List<String> columns = new ArrayList<>(List.of("method", "mean rank"));
        settings.forEach(setting -> columns.add(setting.data()));
        Table table =
                new Table(
                        "Rank of each method by its mean on every set of data, 1 the best; equal means share a rank. A rank does not say by how much.",
                        columns);
        ranks.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> average(entry.getValue())))
                .forEach(
                        entry -> {
                            List<String> cells = new ArrayList<>();
                            cells.add(Words.number("%.2f", average(entry.getValue())));
                            entry.getValue().forEach(rank -> cells.add(Words.number("%.1f", rank)));
                            table.row("", entry.getKey(), cells);
                        });
        return "<h3>Ranks over all data</h3>\n" + table.html();
    }

    private static double average(List<Double> values) {
        return values.stream().mapToDouble(each -> each).average().orElseThrow();
    }
}
