package org.ogm4j.examples.report;

import java.util.List;
import org.knowm.xchart.XYChart;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.training.Trained;

/** The share of its gradient that each encoder kept. */
final class CoefficientChart {

    private static final double TOP = 1.05;

    private CoefficientChart() {}

    static XYChart of(Trained run) {
        XYChart chart =
                Charts.empty(
                        "Coefficient k of each modality, %s (faint: each step; bold: moving average)"
                                .formatted(run.method()),
                        "training step",
                        "k (1 = gradient as it is)",
                        Charts.HEIGHT);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(TOP);
        int end = windowEnd(run);
        for (Modality modality : Modality.values()) {
            Charts.addNoisy(
                    chart,
                    modality.input(),
                    run.run().steps().stream()
                            .mapToDouble(step -> step.coefficients().get(modality.input()))
                            .toArray(),
                    modality == Modality.AUDIO ? Charts.ORANGE : Charts.BLUE,
                    Charts.line(run, List.of(run)),
                    end);
        }
        if (end > 0 && end < run.run().steps().size()) {
            Charts.addEdge(chart, "end of the window", end, TOP);
        }
        return chart;
    }

    /** The first step after all that slow an encoder: of two modalities one always leads. */
    private static int windowEnd(Trained run) {
        int end = run.run().steps().size();
        while (end > 0
                && run.run().steps().get(end - 1).coefficients().values().stream()
                        .allMatch(k -> k == 1)) {
            end--;
        }
        return end;
    }
}
