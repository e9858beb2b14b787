package org.ogm4j.examples.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.ogm4j.examples.compare.SeedCurves.Line;
import org.ogm4j.examples.compare.html.Curve;
import org.ogm4j.examples.compare.html.CurveChart;
import org.ogm4j.examples.compare.html.Html;
import org.ogm4j.examples.compare.html.Ink;
import org.ogm4j.examples.network.Accuracy;
import org.ogm4j.examples.training.Method;

/** The curves of one setting: few methods in large, the others in small beside plain. */
final class SettingCharts {

    private final Comparative setting;
    private final String id;
    private final SeedCurves curves;
    private final List<Line> lines;

    /** For a setting; all drawings' names begin with the id. */
    SettingCharts(Comparative setting, String id) {
        this.setting = setting;
        this.id = id;
        this.curves = new SeedCurves(setting.runs());
        this.lines = lines(setting);
    }

    /** Plain, the library's method, and whichever is best on average. */
    private static List<Line> lines(Comparative setting) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(Summary.BASELINE, Summary.BASELINE, Ink.PLAIN, false));
        lines.add(new Line(Comparative.OWN, Comparative.OWN, Ink.FIRST, false));
        setting.best()
                .filter(best -> !best.equals(Comparative.OWN))
                .ifPresent(best -> lines.add(new Line(best, best + " (best)", Ink.SECOND, false)));
        return lines.stream().filter(line -> setting.has(line.method())).toList();
    }

    /** The figures in large. */
    String html() {
        StringBuilder figures = new StringBuilder("<div class=\"charts\">\n");
        figures.append(
                epochs(
                        "audio",
                        Accuracy::audio,
                        new Line(Method.AUDIO_ONLY.toString(), "sound alone", Ink.REFERENCE, true),
                        "What the sound contributes to the joint network, and a network of the"
                                + " sound alone (dashed)."));
        figures.append(
                epochs(
                        "visual",
                        Accuracy::visual,
                        new Line(
                                Method.VISUAL_ONLY.toString(),
                                "pictures alone",
                                Ink.REFERENCE,
                                true),
                        "What the pictures contribute to the joint network, and a network of the"
                                + " pictures alone (dashed)."));
        figures.append(
                epochs(
                        "fused",
                        Accuracy::fused,
                        null,
                        "The joint network's answer, from both modalities."));
        figures.append(ratio());
        figures.append(coefficient());
        figures.append(
                figure(
                        "training",
                        new CurveChart("training step", "right, %"),
                        training(point -> 100 * point.accuracy()),
                        "The joint network's answer on the batches it trains on."));
        return figures.append("</div>\n").toString();
    }

    /** The others in small, or nothing if there are none. */
    String others() {
        List<String> others =
                setting.methods().stream()
                        .filter(method -> !Comparative.isReference(method))
                        .filter(method -> lines.stream().noneMatch(l -> l.method().equals(method)))
                        .toList();
        if (others.isEmpty()) {
            return "";
        }
        StringBuilder figures = new StringBuilder();
        for (String method : others) {
            List<Curve> pair =
                    Stream.of(
                                    new Line(Summary.BASELINE, "plain", Ink.PLAIN, false),
                                    new Line(method, method, Ink.FIRST, false))
                            .map(line -> curves.validation(line, Accuracy::fused))
                            .toList();
            String drawing =
                    new CurveChart("epoch", "right, %")
                            .small(
                                    id + "-" + method,
                                    "validation accuracy of %s beside plain, %s"
                                            .formatted(method, setting.setting().imbalance()),
                                    pair);
            figures.append(Html.figure(drawing, method));
        }
        return """
        <details><summary>The other %d methods, each beside plain (grey)</summary>
        <p class="muted">Validation accuracy of the fused answer in %% over epochs.</p>
        <div class="charts small">
        %s</div></details>
        """
                .formatted(others.size(), figures);
    }

    private String epochs(
            String name, ToDoubleFunction<Accuracy> accuracy, Line reference, String caption) {
        List<Curve> all = new ArrayList<>();
        lines.forEach(line -> all.add(curves.validation(line, accuracy)));
        if (reference != null) {
            all.add(curves.validation(reference, Accuracy::fused));
        }
        return figure(name, new CurveChart("epoch", "right on validation, %"), all, caption);
    }

    private String ratio() {
        boolean visual = setting.visualLeads();
        return figure(
                "ratio",
                new CurveChart("training step", "ρ").marking(1),
                training(visual ? CurvePoint::visualRatio : CurvePoint::audioRatio),
                "The ratio ρ of the %s: how far %s. The thin line is balance, ρ = 1."
                        .formatted(
                                visual ? "pictures" : "sound", visual ? "they lead" : "it leads"));
    }

    private String coefficient() {
        String shown =
                lines.stream()
                        .map(Line::method)
                        .filter(method -> modulates(method))
                        .findFirst()
                        .orElse(null);
        if (shown == null) {
            return "";
        }
        List<Curve> both =
                List.of(
                        curves.training(
                                new Line(shown, "sound", Ink.SECOND, false),
                                CurvePoint::audioCoefficient),
                        curves.training(
                                new Line(shown, "pictures", Ink.FIRST, true),
                                CurvePoint::visualCoefficient));
        return figure(
                "coefficient",
                new CurveChart("training step", "k").between(0, 1.05),
                both,
                "The coefficient k of each encoder with %s: the share of its gradient that it kept."
                        .formatted(shown));
    }

    private static boolean modulates(String method) {
        for (Method known : Method.values()) {
            if (known.toString().equals(method)) {
                return known.modulates();
            }
        }
        return false;
    }

    private List<Curve> training(ToDoubleFunction<CurvePoint> value) {
        return lines.stream().map(line -> curves.training(line, value)).toList();
    }

    private String figure(String name, CurveChart chart, List<Curve> all, String caption) {
        List<Curve> known = all.stream().filter(curve -> !curve.places().isEmpty()).toList();
        return known.isEmpty()
                ? ""
                : Html.figure(
                        chart.svg(
                                id + "-" + name,
                                "%s (%s)".formatted(caption, setting.setting().imbalance()),
                                known),
                        caption);
    }
}
