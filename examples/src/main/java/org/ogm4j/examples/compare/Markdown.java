package org.ogm4j.examples.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ogm4j.examples.compare.Summary.Setting;

/** The results for the eye: for each setting a table of accuracies, and one of everything else. */
final class Markdown {

    private static final String LEGEND =
            """
            Test split, in %, of networks after their last epoch: mean ± standard deviation over \
            seeds (n - 1), in brackets the 95 % interval of the mean by Student's t. "- plain" is the \
            difference to plain, paired by seed, in points. No interval is corrected for the number of \
            comparisons made.

            - *probe*: a linear classifier trained on the encoder's features, with the encoder held \
            fixed. *gap*: probe minus the network of this modality alone.
            - *alone*: the modality's share of the fused answer; of audio-only and visual-only it is \
            the whole answer. *Shapley*: all subsets, absent inputs set to 0.
            - *time over plain*: of a step of the network, on equal seeds; two processes shared two \
            cores, so that single values are noisy.
            """;

    private static final List<Column> ACCURACIES =
            List.of(
                    new Column(Metric.FUSED, false, true),
                    new Column(Metric.FUSED, true, true),
                    new Column(Metric.AUDIO_PROBE, false, false),
                    new Column(Metric.VISUAL_PROBE, false, false),
                    new Column(Metric.AUDIO_PROBE, true, false),
                    new Column(Metric.VISUAL_PROBE, true, false));

    private static final List<Column> OTHERS =
            List.of(
                    new Column(Metric.FUSED_F1, false, false),
                    new Column(Metric.AUDIO, false, false),
                    new Column(Metric.VISUAL, false, false),
                    new Column(Metric.AUDIO_GAP, false, false),
                    new Column(Metric.VISUAL_GAP, false, false),
                    new Column(Metric.AUDIO_SHAPLEY, false, false),
                    new Column(Metric.VISUAL_SHAPLEY, false, false),
                    new Column(Metric.OVERHEAD, false, false));

    private Markdown() {}

    /**
     * All tables.
     *
     * @param finished how many runs there are
     * @param planned how many were to be there
     */
    static String of(List<Summary> rows, int finished, int planned) {
        StringBuilder text = new StringBuilder(LEGEND);
        if (finished < planned) {
            text.append(
                    "%n**%d of %d runs are missing.**%n".formatted(planned - finished, planned));
        }
        rows.stream()
                .collect(
                        Collectors.groupingBy(
                                Summary::setting, LinkedHashMap::new, Collectors.toList()))
                .forEach((setting, own) -> text.append(section(setting, own)));
        return text.toString();
    }

    private static String section(Setting setting, List<Summary> rows) {
        return "%n### %s, %s%n%nSound at %s.%n"
                        .formatted(setting.format(), setting.imbalance(), setting.noiseInWords())
                + verdicts(setting, rows)
                + table(rows, ACCURACIES)
                + table(rows, OTHERS);
    }

    private static String verdicts(Setting setting, List<Summary> rows) {
        List<String> lines = Verdict.inWords(rows, setting);
        return lines.isEmpty() ? "" : "\n- " + String.join("\n- ", lines) + "\n";
    }

    /**
     * What was chosen on the validation split.
     *
     * @param tuning the lines of {@code tuning.csv}
     */
    static String choices(List<String> tuning) {
        StringBuilder text = new StringBuilder();
        for (String line : tuning.subList(1, tuning.size())) {
            String[] field = line.split(",", -1);
            if (text.isEmpty()) {
                text.append(
                        "%nChosen on the validation split of %s, %s, seed %s:%n%n"
                                .formatted(field[0], field[1], field[3]));
                text.append(
                        "| method | learning rate | strength | validation |\n|---|---|---|---|\n");
            }
            if (Boolean.parseBoolean(field[7])) {
                text.append(
                        String.format(
                                Locale.ROOT,
                                "| %s | %s | %s | %.1f |%n",
                                field[2],
                                field[4],
                                field[5],
                                100 * Double.parseDouble(field[6])));
            }
        }
        return text.toString();
    }

    private static String table(List<Summary> rows, List<Column> columns) {
        StringBuilder text = new StringBuilder();
        String titles = columns.stream().map(Column::title).collect(Collectors.joining(" | "));
        text.append("%n| method | seeds | %s |%n".formatted(titles));
        text.append("|---".repeat(columns.size() + 2)).append("|\n");
        Map<String, List<Summary>> byMethod =
                rows.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Summary::method, LinkedHashMap::new, Collectors.toList()));
        byMethod.forEach(
                (method, own) -> {
                    String cells =
                            columns.stream()
                                    .map(column -> column.cell(own))
                                    .collect(Collectors.joining(" | "));
                    text.append(
                            "| %s | %d | %s |%n".formatted(method, own.get(0).value().n(), cells));
                });
        return text.toString();
    }

    /**
     * One column.
     *
     * @param metric what it shows
     * @param difference to plain, else the value
     * @param interval whether with the interval
     */
    private record Column(Metric metric, boolean difference, boolean interval) {

        String title() {
            return metric.title() + (difference ? " - plain" : "");
        }

        String cell(List<Summary> ofMethod) {
            Summary row =
                    ofMethod.stream()
                            .filter(each -> each.metric() == metric)
                            .findFirst()
                            .orElseThrow();
            Estimate estimate = difference ? row.difference() : row.value();
            if (estimate == null || estimate.n() == 0) {
                return "";
            }
            boolean signed =
                    difference
                            || metric == Metric.OVERHEAD
                            || metric == Metric.AUDIO_GAP
                            || metric == Metric.VISUAL_GAP;
            String format = signed ? "%+.1f" : "%.1f";
            String mean = number(format, estimate.mean());
            if (estimate.n() == 1) {
                return mean;
            }
            String spread = "%s ± %s".formatted(mean, number("%.1f", estimate.sd()));
            return interval
                    ? "%s [%s, %s]"
                            .formatted(
                                    spread,
                                    number(format, estimate.low()),
                                    number(format, estimate.high()))
                    : spread;
        }

        private String number(String format, double value) {
            return String.format(Locale.ROOT, format, metric.scale() * value);
        }
    }
}
