package org.ogm4j.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.ogm4j.examples.training.Trained;
import org.ogm4j.study.Scores;

/** Validation accuracy after each epoch. */
final class AccuracyChart {

    private AccuracyChart() {}

    static XYChart of(List<Trained> runs) {
        XYChart chart =
                Charts.empty(
                        "Validation accuracy", "epoch", "accuracy (% of examples)", Charts.HEIGHT);
        chart.getStyler().setYAxisMax(100.0).setYAxisTickMarkSpacingHint(60);
        for (Trained run : runs) {
            BasicStroke line = Charts.line(run, runs);
            add(chart, run, "fused", Scores::fused, Charts.GREEN, line);
            add(chart, run, "audio alone", scores -> scores.alone("audio"), Charts.ORANGE, line);
            add(chart, run, "visual alone", scores -> scores.alone("visual"), Charts.BLUE, line);
        }
        return chart;
    }

    private static void add(
            XYChart chart,
            Trained run,
            String name,
            ToDoubleFunction<Scores> answer,
            Color color,
            BasicStroke line) {
        List<Scores> accuracies = run.run().validation();
        double[] epochs = IntStream.rangeClosed(1, accuracies.size()).asDoubleStream().toArray();
        double[] percent =
                accuracies.stream().mapToDouble(answer).map(share -> 100 * share).toArray();
        Charts.style(
                chart.addSeries("%s, %s".formatted(name, run.method()), epochs, percent),
                color,
                line);
    }
}
