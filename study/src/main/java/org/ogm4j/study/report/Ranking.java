package org.ogm4j.study.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ogm4j.study.html.Html;
import org.ogm4j.study.html.Ink;
import org.ogm4j.study.html.IntervalChart;
import org.ogm4j.study.html.Table;
import org.ogm4j.study.stats.CriticalDifference;
import org.ogm4j.study.table.Ranks;
import org.ogm4j.study.table.Words;

/**
 * The {@link Ranks} of methods over all data.
 *
 * @param settings all sets of data
 */
record Ranking(List<Comparative> settings) {

    /** A table, the best mean rank first; nothing of one set of data. */
    String html() {
        Ranks ranks = Ranks.of(settings.stream().flatMap(each -> each.rows().stream()).toList());
        if (!ranks.areThere()) {
            return "";
        }
        Map<String, Double> means = ranks.means();
        List<String> columns = new ArrayList<>(List.of("method", "mean rank"));
        settings.forEach(setting -> columns.add(setting.data()));
        Table table =
                new Table(
                        "Rank of each method by its mean on every set of data, 1 the best; equal means share a rank. A rank does not say by how much.",
                        columns);
        means.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(
                        entry -> {
                            List<String> cells = new ArrayList<>();
                            cells.add(Words.number("%.2f", entry.getValue()));
                            ranks.byMethod()
                                    .get(entry.getKey())
                                    .forEach(rank -> cells.add(Words.number("%.1f", rank)));
                            table.row("", entry.getKey(), cells);
                        });
        return "<h3>Ranks over all data</h3>\n" + differences(ranks) + table.html();
    }

    /** Which mean ranks differ by more than chance, as a chart; in words where nobody can tell. */
    private static String differences(Ranks ranks) {
        int methods = ranks.byMethod().size();
        double critical = ranks.criticalDifference();
        if (Double.isNaN(critical)) {
            return "<p class=\"muted\">Whether ranks differ cannot be said of %d methods on %d sets of data: that takes %d sets at least, and at most 20 methods. Read them as a description.</p>%n"
                    .formatted(methods, ranks.data(), CriticalDifference.FEWEST_DATA);
        }
        double half = critical / 2;
        List<IntervalChart.Row> rows = new ArrayList<>();
        ranks.means()
                .forEach(
                        (method, mean) ->
                                rows.add(
                                        new IntervalChart.Row(
                                                method,
                                                Ink.UNTOLD,
                                                mean,
                                                mean - half,
                                                mean + half,
                                                ranks.byMethod().get(method))));
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
                        Math.max(methods, rows.get(rows.size() - 1).high())),
                caption);
    }
}
