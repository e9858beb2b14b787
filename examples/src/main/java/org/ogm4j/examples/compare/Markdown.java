package org.ogm4j.examples.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results for the eye: for each imbalance a table of values, and one of differences. */
final class Markdown {

    private static final String LEGEND =
            """
            Test split, in %, of networks after their last epoch: mean ± standard deviation over \
            seeds (n - 1), in brackets the 95 % interval of the mean by Student's t. Differences \
            to plain are paired by seed, in points. No interval is corrected for the number of \
            comparisons made. F1 is macro-averaged. Alone is the modality's share of the fused answer; \
            of audio-only and visual-only it is the whole answer.
            """;

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
                                Summary::imbalance, LinkedHashMap::new, Collectors.toList()))
                .forEach((imbalance, own) -> text.append(section(imbalance, own)));
        return text.toString();
    }

    private static String section(String imbalance, List<Summary> rows) {
        StringBuilder text = new StringBuilder();
        text.append("%n## %s%n".formatted(imbalance));
        text.append("%nSound at %s.%n".formatted(Imbalance.named(imbalance).inWords()));
        text.append(table("method", rows, false));
        List<Summary> others = rows.stream().filter(row -> row.difference() != null).toList();
        if (!others.isEmpty()) {
            text.append(table("minus plain", others, true));
        }
        return text.toString();
    }

    private static String table(String corner, List<Summary> rows, boolean differences) {
        String titles =
                Stream.of(Metric.values()).map(Metric::title).collect(Collectors.joining(" | "));
        StringBuilder text = new StringBuilder();
        text.append("%n| %s | seeds | %s |%n".formatted(corner, titles));
        text.append("|---".repeat(Metric.values().length + 2)).append("|\n");
        Map<String, List<Summary>> byMethod =
                rows.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Summary::method, LinkedHashMap::new, Collectors.toList()));
        byMethod.forEach(
                (method, own) -> {
                    List<Estimate> cells =
                            own.stream()
                                    .map(row -> differences ? row.difference() : row.value())
                                    .toList();
                    String line =
                            cells.stream()
                                    .map(cell -> cell(cell, differences ? "%+.1f" : "%.1f"))
                                    .collect(Collectors.joining(" | "));
                    text.append("| %s | %d | %s |%n".formatted(method, cells.get(0).n(), line));
                });
        return text.toString();
    }

    private static String cell(Estimate estimate, String format) {
        if (estimate.n() == 0) {
            return "";
        }
        String mean = percent(format, estimate.mean());
        if (estimate.n() == 1) {
            return mean;
        }
        return "%s ± %s [%s, %s]"
                .formatted(
                        mean,
                        percent("%.1f", estimate.sd()),
                        percent(format, estimate.low()),
                        percent(format, estimate.high()));
    }

    private static String percent(String format, double share) {
        return String.format(Locale.ROOT, format, 100 * share);
    }
}
