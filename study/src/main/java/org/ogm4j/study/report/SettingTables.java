package org.ogm4j.study.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ogm4j.study.html.Table;
import org.ogm4j.study.table.Metric;
import org.ogm4j.study.table.Metric.Kind;
import org.ogm4j.study.table.Summary;
import org.ogm4j.study.table.Words;

/** The numbers of one set of data. */
final class SettingTables {

    private SettingTables() {}

    /** Scores, each with its interval, and what can be said of the difference to the baseline. */
    static String main(Comparative setting) {
        String baseline = setting.baseline();
        List<Metric> metrics = Metric.each(setting.modalities(), Kind.PROBE, Kind.ALONE);
        List<String> columns =
                new ArrayList<>(
                        List.of("method", "verdict", "fused - " + baseline, "p, Holm", "fused"));
        metrics.forEach(metric -> columns.add(metric.title(baseline)));
        columns.add("runs");
        Table table =
                new Table(
                        "Test %s in %% after the last epoch: mean [95 %% interval of the mean]. \"-"
                                        .formatted(setting.measure())
                                + " %s\": paired by seed and fold, in points. p: of the difference,"
                                        .formatted(baseline)
                                + " corrected by Holm for all methods of the table. Probe: a linear"
                                + " classifier on the encoder held fixed. Alone: the modality's"
                                + " share of the joint answer.",
                        columns);
        for (String method : setting.methods()) {
            Summary fused = setting.row(method, Metric.FUSED);
            List<String> cells = new ArrayList<>();
            String kind = "";
            String verdict = "";
            if (!fused.isRival()) {
                kind = "reference";
                verdict = "one modality only";
            } else if (fused.difference() != null) {
                Mark said = Mark.of(fused.difference());
                kind = said.name().toLowerCase(Locale.ROOT);
                verdict = said.signed();
            }
            cells.add(verdict);
            cells.add(Words.difference(fused.difference(), Metric.FUSED));
            cells.add(Words.probability(fused.holm()));
            cells.add(Words.value(fused.value(), Metric.FUSED));
            metrics.forEach(
                    metric -> cells.add(Words.value(setting.row(method, metric).value(), metric)));
            cells.add(Integer.toString(fused.value().n()));
            table.row(kind, method, cells);
        }
        return "<div class=\"verdicts\">%n%s</div>%n".formatted(table.html());
    }

    /** Everything else, folded away. */
    static String others(Comparative setting) {
        List<Metric> metrics =
                Metric.each(
                                setting.modalities(),
                                Kind.FUSED_F1,
                                Kind.FUSED_ERROR,
                                Kind.GAP,
                                Kind.SHAPLEY,
                                Kind.RATIO,
                                Kind.STEP_MILLIS,
                                Kind.OVERHEAD,
                                Kind.PEAK_MEGABYTES)
                        .stream()
                        .filter(setting::knows)
                        .toList();
        List<String> columns = new ArrayList<>(List.of("method"));
        metrics.forEach(metric -> columns.add(metric.title(setting.baseline())));
        Table table =
                new Table(
                        "Mean [95 % interval]. Gap: probe minus the network of this modality alone,"
                                + " in points. Shapley: the modality's part of the score, in"
                                + " points. Ratio: ρ over all steps. Time over "
                                + setting.baseline()
                                + ": of a step, in %.",
                        columns);
        for (String method : setting.methods()) {
            List<String> cells = new ArrayList<>();
            for (Metric metric : metrics) {
                cells.add(Words.value(setting.row(method, metric).value(), metric));
            }
            table.row("", method, cells);
        }
        return "<details><summary>F1 or errors, gaps, Shapley values, ratios, cost</summary>%n%s</details>%n"
                .formatted(table.html());
    }
}
