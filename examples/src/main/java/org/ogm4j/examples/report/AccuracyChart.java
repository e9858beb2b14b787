package org.ogm4j.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.ogm4j.examples.network.Accuracy;
import org.ogm4j.examples.training.Run;

/** Validation accuracy after each epoch. */
final class AccuracyChart {

    private AccuracyChart() {}

    static XYChart of(List<Run> runs) {
        XYChart chart =
                Charts.empty(
                        "Validation accuracy", "epoch", "accuracy (% of examples)", Charts.HEIGHT);
        chart.getStyler().setYAxisMax(100.0).setYAxisTickMarkSpacingHint(60);
        for (Run run : runs) {
            BasicStroke line = Charts.line(run, runs);
            add(chart, run, "fused", Accuracy::fused, Charts.GREEN, line);
            add(chart, run, "audio alone", Accuracy::audio, Charts.ORANGE, line);
            add(chart, run, "visual alone", Accuracy::visual, Charts.BLUE, line);
        }
        return chart;
    }

    private static void add(
            XYChart chart,
            Run run,
            String name,
            ToDoubleFunction<Accuracy> answer,
            Color color,
            BasicStroke line) {
        List<Accuracy> accuracies = run.validation();
        double[] epochs = IntStream.rangeClosed(1, accuracies.size()).asDoubleStream().toArray();
        double[] percent =
                accuracies.stream().mapToDouble(answer).map(share -> 100 * share).toArray();
        Charts.style(
                chart.addSeries("%s, %s".formatted(name, run.method()), epochs, percent),
                color,
                line);
    }
}
