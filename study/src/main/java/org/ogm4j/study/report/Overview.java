package org.ogm4j.study.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ogm4j.study.html.Html;
import org.ogm4j.study.html.IntervalChart;
import org.ogm4j.study.html.Table;
import org.ogm4j.study.stats.Estimate;
import org.ogm4j.study.table.Metric;
import org.ogm4j.study.table.Summary;
import org.ogm4j.study.table.Words;

/** What can be read in a minute: a few sentences, a table in words, figures, ranks. */
record Overview(List<Comparative> settings) {

    private static final double LEVEL = 1 - Estimate.CONFIDENCE;

    String html() {
        List<Summary> all = settings.stream().flatMap(s -> s.differences().stream()).toList();
        String baseline = Html.escape(baseline());
        if (all.isEmpty()) {
            return "<p class=\"warning\">No method can be compared: nothing but %1$s, or no %1$s, was run on equal seeds.</p>%n"
                    .formatted(baseline);
        }
        return """
        <section><h2>In a minute</h2>
        %s<ul class="lead">
        %s</ul>
        %s<h3>Fused test %s minus %s's</h3>
        <div class="charts">
        %s</div>
        <p class="muted">Percentage points, paired by seed and fold, with the 95 %% interval of the mean (Student's t, with several
        folds the corrected resampled t test of Nadeau and Bengio). Small dots: the pairs. Triangles: the interval leaves out 0.
        %s</p>
        %s</section>
        """
                .formatted(
                        fewRuns(all),
                        sentences(all),
                        words(),
                        settings.get(0).measure(),
                        baseline,
                        figures(all),
                        chance(all),
                        new Ranking(settings).html());
    }

    private String baseline() {
        return settings.get(0).baseline();
    }

    /** Where not one comparison has an interval. */
    private static String fewRuns(List<Summary> all) {
        int most = all.stream().mapToInt(row -> row.difference().n()).max().orElse(0);
        return most >= Estimate.FEWEST
                ? ""
                : "<p class=\"warning\"><strong>Too few runs to say anything.</strong> There are at most %d pairs of runs; an interval needs %d, and five or more are better.</p>%n"
                        .formatted(most, Estimate.FEWEST);
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
                            .map(
                                    row ->
                                            ", most of all %s points (%s)"
                                                    .formatted(sized(row), row.data()))
                            .orElse("");
            said.add(
                    "In %d of %d comparisons with %s the method %s%s."
                            .formatted(many, all.size(), baseline(), verdict.word(), most));
        }
        long firm = all.stream().filter(row -> row.holm() < LEVEL).count();
        said.add(
                "After Holm's correction for the methods compared on the same data, %d of them differ from %s."
                        .formatted(firm, baseline()));
        String own =
                all.stream()
                        .filter(row -> row.method().equals(settings.get(0).shown()))
                        .map(
                                row ->
                                        "%s: %s, %s"
                                                .formatted(
                                                        row.data(),
                                                        points(row),
                                                        Mark.of(row.difference()).signed()))
                        .collect(Collectors.joining("; "));
        if (!own.isEmpty()) {
            said.add(
                    0,
                    "%s minus %s, in points of fused test %s. %s."
                            .formatted(
                                    settings.get(0).shown(),
                                    baseline(),
                                    settings.get(0).measure(),
                                    own));
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
        List<String> columns = new ArrayList<>(List.of("data"));
        verdicts.forEach(verdict -> columns.add(verdict.signed()));
        Table table =
                new Table(
                        "Mean difference to %s in points, largest first.".formatted(baseline()),
                        columns);
        for (Comparative setting : settings) {
            List<String> cells =
                    verdicts.stream()
                            .map(verdict -> named(setting, verdict))
                            .map(names -> names.isEmpty() ? "none" : names)
                            .toList();
            table.row("", setting.data(), cells);
        }
        return "<div class=\"words\">%n%s</div>%n".formatted(table.html());
    }

    private static String named(Comparative setting, Mark verdict) {
        return setting.differences().stream()
                .filter(row -> Mark.of(row.difference()) == verdict)
                .map(Overview::sized)
                .collect(Collectors.joining(", "));
    }

    /** One panel for each set of data, all with the same axis. */
    private String figures(List<Summary> all) {
        double low = all.stream().mapToDouble(Overview::left).min().orElseThrow();
        double high = all.stream().mapToDouble(Overview::right).max().orElseThrow();
        for (Comparative setting : settings) {
            for (Summary row : setting.differences()) {
                for (double pair : setting.pairs(row.method())) {
                    low = Math.min(low, pair);
                    high = Math.max(high, pair);
                }
            }
        }
        StringBuilder figures = new StringBuilder();
        for (int i = 0; i < settings.size(); i++) {
            Comparative setting = settings.get(i);
            List<IntervalChart.Row> rows =
                    setting.differences().stream().map(row -> chartRow(setting, row)).toList();
            if (!rows.isEmpty()) {
                String label =
                        "fused %s minus %s's, %s: %s"
                                .formatted(
                                        setting.measure(),
                                        baseline(),
                                        setting.data(),
                                        spoken(setting));
                figures.append(
                        Html.figure(
                                IntervalChart.svg(
                                        "o" + i,
                                        label,
                                        "points over " + baseline(),
                                        rows,
                                        low,
                                        high),
                                "%s. %s Right of 0 is better than %s."
                                        .formatted(setting.data(), setting.note(), baseline())));
            }
        }
        return figures.toString();
    }

    private static IntervalChart.Row chartRow(Comparative setting, Summary row) {
        return new IntervalChart.Row(
                row.method(),
                Mark.of(row.difference()).ink(),
                100 * row.difference().mean(),
                left(row),
                right(row),
                setting.pairs(row.method()));
    }

    private static String spoken(Comparative setting) {
        return setting.differences().stream()
                .map(row -> row.method() + " " + points(row))
                .collect(Collectors.joining("; "));
    }

    /** How many intervals leave out 0 by chance. */
    private static String chance(List<Summary> all) {
        long intervals = all.stream().filter(row -> row.difference().hasInterval()).count();
        if (intervals == 0) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "If no method did anything, about %.1f of the %d intervals would leave out 0 by"
                        + " chance: they are not corrected for that, p in the tables is.",
                LEVEL * intervals,
                intervals);
    }

    private static long count(List<Summary> all, Mark verdict) {
        return all.stream().filter(row -> Mark.of(row.difference()) == verdict).count();
    }

    private static double left(Summary row) {
        Estimate difference = row.difference();
        return 100 * (difference.hasInterval() ? difference.low() : difference.mean());
    }

    private static double right(Summary row) {
        Estimate difference = row.difference();
        return 100 * (difference.hasInterval() ? difference.high() : difference.mean());
    }

    private static String sized(Summary row) {
        return row.method() + Words.number(" %+.1f", 100 * row.difference().mean());
    }

    private static String points(Summary row) {
        return Words.difference(row.difference(), Metric.FUSED);
    }
}
