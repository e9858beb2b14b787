package org.ogm4j.examples.compare;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.ogm4j.study.table.Summary;
import org.ogm4j.study.table.Verdict;

/**
 * Fused accuracy minus plain's with its 95 % interval: a panel per data set, a colour per noise.
 */
final class DifferenceChart {

    private static final Color[] COLOURS = {
        new Color(0x00, 0x9E, 0x73), new Color(0x00, 0x72, 0xB2), new Color(0xD5, 0x5E, 0x00)
    };

    private DifferenceChart() {}

    static void write(List<Summary> rows, Path file) throws IOException {
        List<CategoryChart> panels =
                rows.stream()
                        .map(row -> format(row.data()))
                        .distinct()
                        .map(format -> panel(format, rows))
                        .toList();
        BitmapEncoder.saveBitmap(panels, panels.size(), 1, file.toString(), BitmapFormat.PNG);
    }

    /** Data are named after their format and their imbalance. */
    private static String format(String data) {
        return data.substring(0, data.lastIndexOf(' '));
    }

    private static CategoryChart panel(String format, List<Summary> rows) {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(1200)
                        .height(560)
                        .title(format + ": fused accuracy minus plain training's, 95 % intervals")
                        .yAxisTitle("points")
                        .build();
        chart.getStyler().setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        chart.getStyler()
                .setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter)
                .setXAxisLabelRotation(35)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setChartBackgroundColor(Color.WHITE)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 20))
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16))
                .setSeriesColors(COLOURS);
        List<String> all =
                rows.stream()
                        .map(Summary::data)
                        .filter(data -> format(data).equals(format))
                        .distinct()
                        .toList();
        for (String data : all) {
            List<String> methods = new ArrayList<>();
            List<Double> means = new ArrayList<>();
            List<Double> halves = new ArrayList<>();
            for (Summary row : Verdict.differences(rows, data)) {
                methods.add(row.method());
                means.add(100 * row.difference().mean());
                halves.add(50 * (row.difference().high() - row.difference().low()));
            }
            if (!methods.isEmpty()) {
                chart.addSeries(data.substring(format.length() + 1), methods, means, halves);
            }
        }
        return chart;
    }
}
