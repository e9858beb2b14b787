package org.ogm4j.study.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ogm4j.study.stats.Estimate;
import org.ogm4j.study.table.Metric.Kind;

/**
 * The results for the eye: for each set of data a table of accuracies, and one of everything else.
 *
 * @param baseline the method that others are compared with
 * @param notes what to say of each set of data, by its name
 */
public record Markdown(String baseline, Map<String, String> notes) {

    private static final String LEGEND =
            """
            Test examples, in %%, of networks after their last epoch: mean ± standard deviation over \
            seeds and folds (n - 1), in brackets the 95 %% interval of the mean by Student's t, with \
            several folds by the corrected resampled t test of Nadeau and Bengio. "- %1$s" is the \
            difference to %1$s, paired by seed and fold, in points. No interval is corrected for the \
            number of comparisons made; "p, Holm" is, over the methods of one table. Below three \
            runs there is no interval.

            - *probe*: a linear classifier trained on the encoder's features, with the encoder held \
            fixed. *gap*: probe minus the network of this modality alone.
            - *alone*: the modality's share of the fused answer; of networks of one modality it is \
            the whole answer. *Shapley*: all subsets, absent inputs set to 0.
            - *time over %1$s*: of a step of the network, in equal runs. What else runs on the \
            machine is in it.
            """;

    /**
     * All tables.
     *
     * @param finished how many runs there are
     * @param planned how many were to be there
     */
    public String of(List<Summary> rows, int finished, int planned) {
        StringBuilder text = new StringBuilder(LEGEND.formatted(baseline));
        if (finished < planned) {
            text.append(
                    "%n**%d of %d runs are missing.**%n".formatted(planned - finished, planned));
        }
        rows.stream()
                .collect(
                        Collectors.groupingBy(
                                Summary::data, LinkedHashMap::new, Collectors.toList()))
                .forEach((data, own) -> text.append(section(data, own)));
        return text.toString();
    }

    private String section(String data, List<Summary> rows) {
        String note = notes.getOrDefault(data, "");
        List<String> modalities =
                rows.stream()
                        .filter(row -> row.metric().kind() == Kind.ALONE)
                        .map(row -> row.metric().modality())
                        .distinct()
                        .toList();
        return "%n### %s%n%n".formatted(Words.markdown(data))
                + (note.isEmpty() ? "" : note + "\n")
                + verdicts(data, rows)
                + table(rows, accuracies(modalities))
                + table(rows, others(rows, modalities));
    }

    private static String verdicts(String data, List<Summary> rows) {
        List<String> lines = Verdict.inWords(rows, data);
        return lines.isEmpty() ? "" : "\n- " + String.join("\n- ", lines) + "\n";
    }

    private List<Column> accuracies(List<String> modalities) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(Metric.FUSED, Show.VALUE, true));
        columns.add(new Column(Metric.FUSED, Show.DIFFERENCE, true));
        columns.add(new Column(Metric.FUSED, Show.HOLM, true));
        for (Show show : List.of(Show.VALUE, Show.DIFFERENCE)) {
            Metric.each(modalities, Kind.PROBE)
                    .forEach(metric -> columns.add(new Column(metric, show, false)));
        }
        return columns;
    }

    private static List<Column> others(List<Summary> rows, List<String> modalities) {
        List<Metric> known = rows.stream().map(Summary::metric).distinct().toList();
        return Metric.each(
                        modalities,
                        Kind.FUSED_F1,
                        Kind.FUSED_ERROR,
                        Kind.ALONE,
                        Kind.GAP,
                        Kind.SHAPLEY,
                        Kind.OVERHEAD)
                .stream()
                .filter(known::contains)
                .map(metric -> new Column(metric, Show.VALUE, false))
                .toList();
    }

    private String table(List<Summary> rows, List<Column> columns) {
        List<String> titles = new ArrayList<>(List.of("method", "runs"));
        columns.forEach(column -> titles.add(column.title(baseline)));
        MarkdownTable table = new MarkdownTable(titles);
        Map<String, List<Summary>> byMethod =
                rows.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Summary::method, LinkedHashMap::new, Collectors.toList()));
        byMethod.forEach(
                (method, own) -> {
                    List<String> cells =
                            new ArrayList<>(List.of(method, "" + own.get(0).value().n()));
                    columns.forEach(column -> cells.add(column.cell(own)));
                    table.row(cells);
                });
        return "\n" + table;
    }

    /** What of a row. */
    private enum Show {
        VALUE,
        DIFFERENCE,
        HOLM
    }

    /**
     * One column.
     *
     * @param metric what it shows
     * @param show which of its numbers
     * @param interval whether with the interval
     */
    private record Column(Metric metric, Show show, boolean interval) {

        String title(String baseline) {
            return switch (show) {
                case VALUE -> metric.title(baseline);
                case DIFFERENCE -> metric.title(baseline) + " - " + baseline;
                case HOLM -> "p, Holm";
            };
        }

        String cell(List<Summary> ofMethod) {
            Summary row =
                    ofMethod.stream()
                            .filter(each -> each.metric().equals(metric))
                            .findFirst()
                            .orElseThrow();
            if (show == Show.HOLM) {
                return Words.probability(row.holm());
            }
            Estimate estimate = show == Show.DIFFERENCE ? row.difference() : row.value();
            String format = show == Show.DIFFERENCE || metric.isSigned() ? "%+.1f" : "%.1f";
            String spread = Words.spread(estimate, metric, format);
            return interval && estimate != null && estimate.hasInterval()
                    ? "%s [%s, %s]"
                            .formatted(
                                    spread,
                                    number(format, estimate.low()),
                                    number(format, estimate.high()))
                    : spread;
        }

        private String number(String format, double value) {
            return Words.number(format, metric.scale() * value);
        }
    }
}
