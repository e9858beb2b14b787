package org.ogm4j.examples.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ogm4j.examples.compare.html.Table;

/** The numbers of one setting. */
final class SettingTables {

    private static final List<Metric> MAIN =
            List.of(Metric.AUDIO_PROBE, Metric.VISUAL_PROBE, Metric.AUDIO, Metric.VISUAL);
    private static final List<Metric> OTHERS =
            List.of(
                    Metric.FUSED_F1,
                    Metric.AUDIO_GAP,
                    Metric.VISUAL_GAP,
                    Metric.AUDIO_SHAPLEY,
                    Metric.VISUAL_SHAPLEY,
                    Metric.AUDIO_RATIO,
                    Metric.VISUAL_RATIO,
                    Metric.STEP_MILLIS,
                    Metric.OVERHEAD,
                    Metric.PEAK_MEGABYTES);

    private SettingTables() {}

    /** Accuracies, each with its interval, and what can be said of the difference to plain. */
    static String main(Comparative setting) {
        List<String> columns =
                new ArrayList<>(List.of("method", "verdict", "fused - plain", "fused"));
        MAIN.forEach(metric -> columns.add(metric.title()));
        columns.add("seeds");
        Table table =
                new Table(
                        "Test accuracy in % after the last epoch: mean [95 % interval of the mean]."
                                + " \"- plain\": paired by seed, in points. Probe: a linear"
                                + " classifier on the encoder held fixed. Alone: the modality's"
                                + " share of the joint answer.",
                        columns);
        for (String method : setting.methods()) {
            Summary fused = setting.row(method, Metric.FUSED);
            List<String> cells = new ArrayList<>();
            String kind = "";
            String verdict = "";
            if (Comparative.isReference(method)) {
                kind = "reference";
                verdict = "one modality only";
            } else if (fused.difference() != null) {
                Mark said = Mark.of(fused.difference());
                kind = said.name().toLowerCase(Locale.ROOT);
                verdict = said.signed();
            }
            cells.add(verdict);
            cells.add(Words.difference(fused.difference(), Metric.FUSED));
            cells.add(Words.value(fused.value(), Metric.FUSED));
            MAIN.forEach(
                    metric -> cells.add(Words.value(setting.row(method, metric).value(), metric)));
            cells.add(Integer.toString(fused.value().n()));
            table.row(kind, method, cells);
        }
        return "<div class=\"verdicts\">%n%s</div>%n".formatted(table.html());
    }

    /** Everything else, folded away. */
    static String others(Comparative setting) {
        List<String> columns = new ArrayList<>(List.of("method"));
        OTHERS.forEach(metric -> columns.add(metric.title()));
        Table table =
                new Table(
                        "Mean [95 % interval]. Gap: probe minus the network of this modality alone,"
                                + " in points. Shapley: the modality's part of the accuracy, in"
                                + " points. Ratio: ρ over all steps. Time over plain: of a step, in"
                                + " %.",
                        columns);
        for (String method : setting.methods()) {
            List<String> cells = new ArrayList<>();
            for (Metric metric : OTHERS) {
                Estimate value = setting.row(method, metric).value();
                cells.add(
                        metric == Metric.AUDIO_RATIO || metric == Metric.VISUAL_RATIO
                                ? Words.fine(value)
                                : Words.value(value, metric));
            }
            table.row("", method, cells);
        }
        return "<details><summary>F1, gaps, Shapley values, ratios, cost</summary>%n%s</details>%n"
                .formatted(table.html());
    }
}
