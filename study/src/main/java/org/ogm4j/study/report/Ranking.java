package org.ogm4j.study.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ogm4j.study.html.Html;
import org.ogm4j.study.html.Ink;
import org.ogm4j.study.html.IntervalChart;
import org.ogm4j.study.html.Table;
import org.ogm4j.study.stats.CriticalDifference;
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
        return "<h3>Ranks over all data</h3>\n" + differences(ranks) + table.html();
    }

    /** Which mean ranks differ by more than chance, as a chart; in words where nobody can tell. */
    private String differences(Map<String, List<Double>> ranks) {
        double critical = CriticalDifference.of(ranks.size(), settings.size());
        if (settings.size() < CriticalDifference.FEWEST_DATA || Double.isNaN(critical)) {
            return "<p class=\"muted\">Whether ranks differ cannot be said of %d methods on %d sets of data: that takes %d sets at least, and at most 20 methods. Read them as a description.</p>%n"
                    .formatted(ranks.size(), settings.size(), CriticalDifference.FEWEST_DATA);
        }
        double half = critical / 2;
        List<IntervalChart.Row> rows = new ArrayList<>();
        ranks.forEach(
                (method, all) -> {
                    double mean = average(all);
                    rows.add(
                            new IntervalChart.Row(
                                    method, Ink.UNTOLD, mean, mean - half, mean + half, all));
                });
        rows.sort(Comparator.comparingDouble(IntervalChart.Row::mean));
        String caption =
                Words.number(
                        "Mean ranks, 1 the best, each with half the critical difference of %.2f to both sides"
                                + " (Nemenyi's test at 5 %%, Demšar 2006): methods whose lines do not overlap differ, of others it cannot be said."
                                + " Small dots: the ranks on each set of data.",
                        critical);
        String spoken =
                rows.stream()
                        .map(row -> row.name() + Words.number(" %.2f", row.mean()))
                        .collect(Collectors.joining("; "));
        return Html.figure(
                IntervalChart.ranks(
                        "ranks",
                        caption + " " + spoken,
                        "mean rank",
                        rows,
                        Math.min(1, rows.get(0).low()),
                        Math.max(ranks.size(), rows.get(rows.size() - 1).high())),
                caption);
    }

    private static double average(List<Double> values) {
        return values.stream().mapToDouble(each -> each).average().orElseThrow();
    }
}
