package org.ogm4j.examples.report;

import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.training.Method;
import org.ogm4j.examples.training.Trained;

/** How well each modality alone predicts the label, and how far the leader is ahead. */
final class ScoreChart {

    private ScoreChart() {}

    static List<XYChart> panels(List<Trained> runs) {
        return List.of(scores(runs), ratio(runs));
    }

    private static XYChart scores(List<Trained> runs) {
        XYChart chart =
                Charts.empty(
                        "Score of each modality alone (faint: each step; bold: moving average)",
                        "training step",
                        "mean probability of the true class",
                        Charts.HEIGHT / 2);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
        for (Trained run : runs) {
            for (Modality modality : Modality.values()) {
                Charts.addNoisy(
                        chart,
                        "%s, %s".formatted(modality.input(), run.method()),
                        run.run().steps().stream()
                                .mapToDouble(step -> Trained.score(step, modality))
                                .toArray(),
                        modality == Modality.AUDIO ? Charts.ORANGE : Charts.BLUE,
                        Charts.line(run, runs));
            }
        }
        return chart;
    }

    private static XYChart ratio(List<Trained> runs) {
        Modality leader = runs.get(0).leader();
        XYChart chart =
                Charts.empty(
                        "Ratio ρ of the %s scores to the %s scores"
                                .formatted(leader.input(), leader.other().input()),
                        "training step",
                        "ρ (1 = balanced)",
                        Charts.HEIGHT / 2);
        chart.getStyler().setYAxisMin(0.0);
        Charts.addBalance(chart, runs.get(0).run().steps().size());
        for (Trained run : runs) {
            Color color = run.method().equals(Method.PLAIN) ? Color.DARK_GRAY : Charts.GREEN;
            Charts.addNoisy(
                    chart,
                    run.method().toString(),
                    ratios(run, leader),
                    color,
                    Charts.line(run, runs));
        }
        return chart;
    }

    private static double[] ratios(Trained run, Modality leader) {
        return run.run().steps().stream().mapToDouble(step -> step.ratio(leader.input())).toArray();
    }
}
