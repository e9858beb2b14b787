package org.ogm4j.examples.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ogm4j.examples.compare.html.Html;
import org.ogm4j.examples.compare.html.IntervalChart;
import org.ogm4j.examples.compare.html.Table;

/** What can be read in a minute: a few sentences, a table in words, one figure. */
record Overview(List<Comparative> settings) {

    String html() {
        List<Summary> all = settings.stream().flatMap(s -> s.differences().stream()).toList();
        if (all.isEmpty()) {
            return "<p class=\"warning\">No method can be compared: nothing but plain, or no plain,"
                    + " was run on equal seeds.</p>\n";
        }
        return """
        <section><h2>In a minute</h2>
        <ul class="lead">
        %s</ul>
        %s<h3>Fused test accuracy minus plain's</h3>
        <div class="charts">
        %s</div>
        <p class="muted">Percentage points, paired by seed, with the 95 %% interval of the mean (Student's t). Triangles: the
        interval leaves out 0. %s Methods named adam-… use another updater than plain does, so their difference to plain holds Adam's
        too.</p>
        </section>
        """
                .formatted(sentences(all), words(), figures(all), chance(all));
    }

    private String sentences(List<Summary> all) {
        List<String> said = new ArrayList<>();
        for (Mark verdict : List.of(Mark.HELPS, Mark.HURTS)) {
            long many = count(all, verdict);
            Comparator<Summary> byMean = Comparator.comparingDouble(row -> row.difference().mean());
            String most =
                    all.stream()
                            .filter(row -> Mark.of(row.difference()) == verdict)
                            .max(verdict == Mark.HELPS ? byMean : byMean.reversed())
                            .map(row -> ", most of all %s (%s)".formatted(sized(row), at(row)))
                            .orElse("");
            said.add(
                    "In %d of %d comparisons with plain training the method %s%s."
                            .formatted(many, all.size(), verdict.word(), most));
        }
        String own =
                all.stream()
                        .filter(row -> row.method().equals(Comparative.OWN))
                        .map(
                                row ->
                                        "%s: %s, %s"
                                                .formatted(
                                                        at(row),
                                                        points(row),
                                                        Mark.of(row.difference()).signed()))
                        .collect(Collectors.joining("; "));
        if (!own.isEmpty()) {
            said.add(
                    0,
                    "%s minus plain, in points of fused test accuracy. %s."
                            .formatted(Comparative.OWN, own));
        }
        return said.stream()
                .map(sentence -> "<li>%s</li>%n".formatted(Html.escape(sentence)))
                .collect(Collectors.joining());
    }

    /** Who helps, who hurts, and of whom nothing can be told. */
    private String words() {
        List<Mark> verdicts =
                Stream.of(Mark.values())
                        .filter(
                                verdict ->
                                        verdict != Mark.UNKNOWN
                                                || settings.stream()
                                                        .anyMatch(
                                                                s -> !named(s, verdict).isEmpty()))
                        .toList();
        List<String> columns = new ArrayList<>(List.of("setting"));
        verdicts.forEach(verdict -> columns.add(verdict.signed()));
        Table table = new Table("Mean difference to plain in points, largest first.", columns);
        for (Comparative setting : settings) {
            List<String> cells =
                    verdicts.stream()
                            .map(verdict -> named(setting, verdict))
                            .map(names -> names.isEmpty() ? "none" : names)
                            .toList();
            table.row("", at(setting.setting()), cells);
        }
        return "<div class=\"words\">%n%s</div>%n".formatted(table.html());
    }

    private static String named(Comparative setting, Mark verdict) {
        return setting.differences().stream()
                .filter(row -> Mark.of(row.difference()) == verdict)
                .map(Overview::sized)
                .collect(Collectors.joining(", "));
    }

    /** One panel for each setting, all with the same axis. */
    private String figures(List<Summary> all) {
        double low = all.stream().mapToDouble(row -> left(row)).min().orElseThrow();
        double high = all.stream().mapToDouble(row -> right(row)).max().orElseThrow();
        StringBuilder figures = new StringBuilder();
        for (int i = 0; i < settings.size(); i++) {
            Comparative setting = settings.get(i);
            List<IntervalChart.Row> rows =
                    setting.differences().stream()
                            .map(
                                    row ->
                                            new IntervalChart.Row(
                                                    row.method(),
                                                    Mark.of(row.difference()).ink(),
                                                    100 * row.difference().mean(),
                                                    left(row),
                                                    right(row)))
                            .toList();
            if (!rows.isEmpty()) {
                String label =
                        "fused accuracy minus plain's, %s: %s"
                                .formatted(at(setting.setting()), spoken(setting));
                figures.append(
                        Html.figure(
                                IntervalChart.svg(
                                        "o" + i, label, "points over plain", rows, low, high),
                                "%s. Sound at %s."
                                        .formatted(
                                                at(setting.setting()),
                                                setting.setting().noiseInWords())));
            }
        }
        return figures.toString();
    }

    private static String spoken(Comparative setting) {
        return setting.differences().stream()
                .map(row -> row.method() + " " + points(row))
                .collect(Collectors.joining("; "));
    }

    /** How many intervals leave out 0 by chance. */
    private static String chance(List<Summary> all) {
        long intervals = all.stream().filter(row -> row.difference().n() > 1).count();
        return String.format(
                Locale.ROOT,
                "If no method did anything, about %.0f of the %d intervals would leave out 0 by"
                        + " chance; none is corrected for that.",
                (1 - Estimate.CONFIDENCE) * intervals,
                intervals);
    }

    private static long count(List<Summary> all, Mark verdict) {
        return all.stream().filter(row -> Mark.of(row.difference()) == verdict).count();
    }

    private static double left(Summary row) {
        Estimate difference = row.difference();
        return 100 * (difference.n() < 2 ? difference.mean() : difference.low());
    }

    private static double right(Summary row) {
        Estimate difference = row.difference();
        return 100 * (difference.n() < 2 ? difference.mean() : difference.high());
    }

    private static String sized(Summary row) {
        return row.method() + Words.number(" %+.1f", 100 * row.difference().mean());
    }

    private static String points(Summary row) {
        return Words.difference(row.difference(), Metric.FUSED);
    }

    private static String at(Summary row) {
        return at(row.setting());
    }

    private static String at(Summary.Setting setting) {
        return setting.format() + " " + setting.imbalance();
    }
}
