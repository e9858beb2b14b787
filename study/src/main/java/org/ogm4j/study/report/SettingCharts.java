package org.ogm4j.study.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.ogm4j.study.Scores;
import org.ogm4j.study.html.Curve;
import org.ogm4j.study.html.CurveChart;
import org.ogm4j.study.html.Html;
import org.ogm4j.study.html.Ink;
import org.ogm4j.study.html.PointChart;
import org.ogm4j.study.report.SeedCurves.Line;
import org.ogm4j.study.run.CurvePoint;
import org.ogm4j.study.table.Metric;
import org.ogm4j.study.table.Summary;

/** The charts of one set of data: few methods in large, the others in small beside the baseline. */
final class SettingCharts {

    private final Comparative setting;
    private final String id;
    private final SeedCurves curves;
    private final List<Line> lines;

    /** All drawings' names begin with the id. */
    SettingCharts(Comparative setting, String id) {
        this.setting = setting;
        this.id = id;
        this.curves = new SeedCurves(setting.runs());
        this.lines = lines(setting);
    }

    /** The baseline, the method to be shown, and whichever is best on average. */
    private static List<Line> lines(Comparative setting) {
        List<Line> lines = new ArrayList<>();
        String baseline = setting.baseline();
        String shown = setting.shown();
        lines.add(new Line(baseline, baseline, Ink.PLAIN, false));
        if (shown != null && setting.isRival(shown)) {
            lines.add(new Line(shown, shown, Ink.FIRST, false));
        }
        setting.best()
                .filter(best -> !best.equals(shown))
                .ifPresent(best -> lines.add(new Line(best, best + " (best)", Ink.SECOND, false)));
        return lines.stream().filter(line -> setting.has(line.method())).toList();
    }

    /** The figures in large. */
    String html() {
        StringBuilder figures = new StringBuilder("<div class=\"charts\">\n");
        for (String modality : setting.modalities()) {
            figures.append(modality(modality));
        }
        figures.append(
                figure(
                        "fused",
                        epochs(),
                        validation(Scores::fused),
                        "The joint network's answer, from all modalities. A line that is still"
                                + " rising at the last epoch was stopped early."));
        figures.append(cost());
        figures.append(ratio());
        figures.append(coefficients());
        figures.append(
                figure(
                        "training",
                        new CurveChart(
                                "training step", "training %s, %%".formatted(setting.measure())),
                        training(point -> 100 * point.right()).stream().map(this::bounded).toList(),
                        "The joint network's answer on the batches it trains on. Where it is far"
                                + " above validation, the network learns its examples by heart."));
        return figures.append("</div>\n").toString();
    }

    /** A modality in the joint network, and the network of that modality alone if it was run. */
    private String modality(String modality) {
        List<Curve> all = validation(scores -> scores.alone(modality));
        Optional<Line> reference =
                setting.reference(modality)
                        .map(method -> new Line(method, modality + " alone", Ink.REFERENCE, true));
        reference.ifPresent(line -> all.add(bounded(curves.validation(line, Scores::fused))));
        return figure(
                "of-" + modality.replaceAll("\\W", "_"),
                epochs(),
                all,
                reference.isPresent()
                        ? "What %1$s contributes to the joint network, and a network of %1$s alone (dashed): a joint line below the dashed one is an encoder that learned less than it could."
                                .formatted(modality)
                        : "What %s contributes to the joint network.".formatted(modality));
    }

    private CurveChart epochs() {
        return new CurveChart("epoch", "validation %s, %%".formatted(setting.measure()));
    }

    private List<Curve> validation(ToDoubleFunction<Scores> score) {
        return lines.stream()
                .map(line -> bounded(curves.validation(line, score)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** No accuracy is below 0, and nothing above 100 %. */
    private Curve bounded(Curve curve) {
        return curve.within(
                setting.measure().equals("accuracy") ? 0 : Double.NEGATIVE_INFINITY, 100);
    }

    private List<Curve> training(ToDoubleFunction<CurvePoint> value) {
        return lines.stream().map(line -> curves.training(line, value)).toList();
    }

    /** Score against time. */
    private String cost() {
        List<PointChart.Point> points = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String method : setting.rivals()) {
            Summary time = setting.row(method, Metric.STEP_MILLIS);
            Summary fused = setting.row(method, Metric.FUSED);
            if (time.value().n() > 0 && fused.value().n() > 0) {
                Ink ink =
                        method.equals(setting.baseline())
                                ? Ink.PLAIN
                                : fused.difference() == null
                                        ? Ink.UNTOLD
                                        : Mark.of(fused.difference()).ink();
                names.add("%d %s".formatted(points.size() + 1, method));
                points.add(
                        new PointChart.Point(
                                Integer.toString(points.size() + 1),
                                ink,
                                time.value().mean(),
                                100 * fused.value().mean()));
            }
        }
        String caption =
                "What a method costs and what it brings: means over runs. Up and to the left is better. %s."
                        .formatted(String.join(", ", names));
        return points.size() < 2
                ? ""
                : Html.figure(
                        PointChart.svg(
                                id + "-cost",
                                label(caption),
                                "a step's time, ms",
                                "test %s, %%".formatted(setting.measure()),
                                points),
                        caption);
    }

    private String ratio() {
        return setting.leader()
                .map(
                        leader ->
                                figure(
                                        "ratio",
                                        new CurveChart("training step", "ratio ρ of " + leader)
                                                .marking(1),
                                        training(point -> point.ratios().get(leader)),
                                        "The ratio ρ of %s, how far it leads. The thin line is balance, ρ = 1: a method that balances draws its line towards it."
                                                .formatted(leader)))
                .orElse("");
    }

    /** Of the method to be shown, or of the first that has any. */
    private String coefficients() {
        String shown =
                Stream.concat(lines.stream().map(Line::method), setting.rivals().stream())
                        .filter(this::modulates)
                        .findFirst()
                        .orElse(null);
        if (shown == null) {
            return "";
        }
        double[] window = window(shown);
        List<Curve> all = new ArrayList<>();
        for (String modality : setting.modalities()) {
            Ink ink = all.isEmpty() ? Ink.SECOND : all.size() == 1 ? Ink.FIRST : Ink.PLAIN;
            all.add(
                    curves.training(
                                    new Line(shown, modality, ink, all.size() % 2 == 1),
                                    point -> point.coefficients().get(modality))
                            .jumpingAt(window));
        }
        double highest = all.stream().mapToDouble(Curve::highest).reduce(1, Math::max) + 0.05;
        return figure(
                "coefficient",
                new CurveChart("training step", "coefficient k").between(0, highest).edges(window),
                all,
                "The coefficient k of each encoder with %s, what its gradient was multiplied with: below 1 it was held back, above 1 sped up.%s"
                        .formatted(
                                shown,
                                window.length == 0
                                        ? ""
                                        : " Dotted: where modulation began or ended."));
    }

    /** Where modulation began and ended, if not with training: the same in all runs. */
    private double[] window(String method) {
        List<CurvePoint> points =
                setting.runs().stream()
                        .filter(run -> run.method().equals(method))
                        .findFirst()
                        .orElseThrow()
                        .curve();
        int first = 0;
        int last = points.size() - 1;
        while (first < last && !modulates(points.get(first))) {
            first++;
        }
        while (last > first && !modulates(points.get(last))) {
            last--;
        }
        return DoubleStream.of(
                        first == 0 ? Double.NaN : points.get(first - 1).step(),
                        last == points.size() - 1 ? Double.NaN : points.get(last).step())
                .filter(step -> !Double.isNaN(step))
                .toArray();
    }

    private static boolean modulates(CurvePoint point) {
        return point.coefficients().values().stream().anyMatch(k -> k != 1);
    }

    private boolean modulates(String method) {
        return setting.runs().stream()
                .filter(run -> run.method().equals(method))
                .flatMap(run -> run.curve().stream())
                .anyMatch(SettingCharts::modulates);
    }

    /** The others in small, or nothing if there are none. */
    String others() {
        List<String> others =
                setting.rivals().stream()
                        .filter(method -> lines.stream().noneMatch(l -> l.method().equals(method)))
                        .toList();
        if (others.isEmpty()) {
            return "";
        }
        StringBuilder figures = new StringBuilder();
        for (int i = 0; i < others.size(); i++) {
            String method = others.get(i);
            List<Curve> pair =
                    Stream.of(
                                    new Line(
                                            setting.baseline(),
                                            setting.baseline(),
                                            Ink.PLAIN,
                                            false),
                                    new Line(method, method, Ink.FIRST, false))
                            .map(line -> bounded(curves.validation(line, Scores::fused)))
                            .toList();
            String drawing =
                    new CurveChart("epoch", "%")
                            .small(
                                    "%s-small%d".formatted(id, i),
                                    "validation %s of %s beside %s, %s"
                                            .formatted(
                                                    setting.measure(),
                                                    method,
                                                    setting.baseline(),
                                                    setting.data()),
                                    pair);
            figures.append(Html.figure(drawing, method));
        }
        return """
        <details><summary>The other methods (%d), each beside %s (grey)</summary>
        <p class="muted">Validation %s of the fused answer in %% over epochs.</p>
        <div class="charts small">
        %s</div></details>
        """
                .formatted(
                        others.size(), Html.escape(setting.baseline()), setting.measure(), figures);
    }

    /** Nothing where no line is known. */
    private String figure(String name, CurveChart chart, List<Curve> all, String caption) {
        List<Curve> known = all.stream().filter(curve -> !curve.places().isEmpty()).toList();
        return known.isEmpty()
                ? ""
                : Html.figure(chart.svg(id + "-" + name, label(caption), known), caption);
    }

    private String label(String caption) {
        return "%s (%s)".formatted(caption, setting.data());
    }
}
