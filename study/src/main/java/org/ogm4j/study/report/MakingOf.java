package org.ogm4j.study.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ogm4j.study.html.Html;
import org.ogm4j.study.html.Table;
import org.ogm4j.study.run.RunRecord;
import org.ogm4j.study.table.Words;

/** How a report was made, for those who want to make it again. */
final class MakingOf {

    private MakingOf() {}

    /** Under the title: when, how many runs, which seeds, and what is missing. */
    static String line(List<RunRecord> runs, Origin origin) {
        String missing =
                runs.size() < origin.planned()
                        ? "<p class=\"warning\"><strong>%d of %d runs are missing.</strong> What follows is of the others.</p>%n"
                                .formatted(origin.planned() - runs.size(), origin.planned())
                        : "";
        return """
        <p class="muted">%s · %d of %d runs · seeds %s%s · <a href="#making">how it was made</a></p>
        %s\
        """
                .formatted(
                        Html.escape(origin.written()),
                        runs.size(),
                        origin.planned(),
                        seeds(runs),
                        folds(runs),
                        missing);
    }

    /** The last section. */
    static String section(List<RunRecord> runs, Origin origin) {
        return """
        <section id="making"><h2>How it was made</h2>
        %s%s%s%s</section>
        """
                .formatted(
                        command(origin),
                        facts(runs, origin),
                        failures(origin),
                        runs.isEmpty() ? "" : settings(runs));
    }

    private static String command(Origin origin) {
        return origin.command().isEmpty()
                ? ""
                : """
                <p>It makes only the runs that are missing in its output folder:</p>
                <pre>%s</pre>
                """
                        .formatted(Html.escape(origin.command()));
    }

    private static String facts(List<RunRecord> runs, Origin origin) {
        Table table =
                new Table(
                        "Versions, machine, seeds, dates (UTC). Several values: not all runs were"
                                + " made alike.",
                        List.of("what", "value"));
        table.row("", "report written", List.of(origin.written()));
        table.row("", "seeds", List.of(seeds(runs)));
        if (!runs.isEmpty()) {
            TreeSet<String> finished =
                    runs.stream()
                            .map(RunRecord::finished)
                            .collect(Collectors.toCollection(TreeSet::new));
            table.row(
                    "",
                    "runs finished",
                    List.of("from %s to %s".formatted(finished.first(), finished.last())));
            table.row(
                    "",
                    "wall time of all runs",
                    List.of(time(runs.stream().mapToDouble(RunRecord::seconds).sum())));
        }
        distinct(runs.stream().map(RunRecord::environment).toList())
                .forEach(
                        (name, values) -> table.row("", name, List.of(String.join(" | ", values))));
        return "<div class=\"words\">%n%s</div>%n".formatted(table.html());
    }

    /** In the unit that leaves a number that can be read. */
    static String time(double seconds) {
        return seconds < 120
                ? Words.number("%.0f seconds", seconds)
                : seconds < 7200
                        ? Words.number("%.0f minutes", seconds / 60)
                        : Words.number("%.1f hours", seconds / 3600);
    }

    /** What every method was run with: what all share is said once. */
    private static String settings(List<RunRecord> runs) {
        Map<String, Set<String>> shared = distinct(runs.stream().map(RunRecord::settings).toList());
        List<String> columns = new ArrayList<>(List.of("method"));
        shared.forEach((name, values) -> columns.add(name));
        Table table = new Table("Settings of every method's runs.", columns);
        for (String method : runs.stream().map(RunRecord::method).distinct().toList()) {
            Map<String, Set<String>> own =
                    distinct(
                            runs.stream()
                                    .filter(run -> run.method().equals(method))
                                    .map(RunRecord::settings)
                                    .toList());
            table.row(
                    "",
                    method,
                    shared.keySet().stream()
                            .map(name -> String.join(" | ", own.getOrDefault(name, Set.of())))
                            .toList());
        }
        return table.html();
    }

    private static String failures(Origin origin) {
        if (origin.failures().isEmpty()) {
            return "";
        }
        Table table = new Table("Runs that failed.", List.of("run", "error"));
        origin.failures().forEach((key, error) -> table.row("", key, List.of(error)));
        return "<div class=\"words\">%n%s</div>%n".formatted(table.html());
    }

    private static Map<String, Set<String>> distinct(List<Map<String, String>> all) {
        Map<String, Set<String>> values = new TreeMap<>();
        all.forEach(
                each ->
                        each.forEach(
                                (name, value) ->
                                        values.computeIfAbsent(name, key -> new TreeSet<>())
                                                .add(value)));
        return values;
    }

    private static String folds(List<RunRecord> runs) {
        long folds = runs.stream().map(RunRecord::fold).distinct().count();
        return folds < 2 ? "" : " · %d folds".formatted(folds);
    }

    private static String seeds(List<RunRecord> runs) {
        return runs.stream()
                .map(RunRecord::seed)
                .distinct()
                .sorted()
                .map(seed -> Long.toString(seed))
                .collect(Collectors.joining(", "));
    }
}
