package org.ogm4j.examples.report;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.HeatMapStyler;
import org.ogm4j.Attribution;

/**
 * How much of each layer's output, and of its gradient, comes from each modality: two heat maps
 * side by side, layers from top to bottom, shares in percent. A cell stays grey where a share
 * cannot be told; a heat map without any number is left out.
 */
public final class AttributionChart {

    private static final int WIDTH = 620;
    private static final int ROW_HEIGHT = 34;
    private static final int FRAME_HEIGHT = 160;

    private static final Color[] WHITE_TO_BLUE = {
        Color.WHITE, new Color(0xC6, 0xDB, 0xEF), new Color(0x6B, 0xAE, 0xD6)
    };

    private AttributionChart() {}

    /** Writes shares in [0, 1] for each layer and modality, NaN where they cannot be told. */
    static Path write(
            List<String> layers,
            List<String> modalities,
            double[][] outputShare,
            double[][] gradientShare,
            Path file)
            throws IOException {
        List<HeatMapChart> panels = new ArrayList<>();
        addPanel(panels, "Share of output (%)", layers, modalities, outputShare);
        addPanel(panels, "Share of gradient (%)", layers, modalities, gradientShare);
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("shares must have a number, got NaN only");
        }
        BitmapEncoder.saveBitmap(panels, 1, panels.size(), file.toString(), BitmapFormat.PNG);
        return file;
    }

    /** Writes the picture of the layers that have parameters. */
    static Path write(Attribution attribution, Path file) throws IOException {
        List<Attribution.Layer> trained =
                attribution.layers().stream().filter(l -> !l.gradient().isEmpty()).toList();
        return write(
                trained.stream().map(Attribution.Layer::name).toList(),
                attribution.modalities(),
                shares(trained, attribution.modalities(), Attribution.Layer::output),
                shares(trained, attribution.modalities(), Attribution.Layer::gradient),
                file);
    }

    private static double[][] shares(
            List<Attribution.Layer> layers,
            List<String> modalities,
            Function<Attribution.Layer, Map<String, Double>> which) {
        return layers.stream()
                .map(
                        layer ->
                                modalities.stream()
                                        .mapToDouble(m -> which.apply(layer).getOrDefault(m, 0.0))
                                        .toArray())
                .toArray(double[][]::new);
    }

    private static void addPanel(
            List<HeatMapChart> panels,
            String title,
            List<String> layers,
            List<String> modalities,
            double[][] share) {
        List<Number[]> cells = cells(share);
        if (cells.isEmpty()) {
            return;
        }
        HeatMapChart chart =
                new HeatMapChartBuilder()
                        .width(WIDTH)
                        .height(FRAME_HEIGHT + ROW_HEIGHT * layers.size())
                        .title(title)
                        .build();
        style(chart.getStyler());
        List<String> upwards = new ArrayList<>(layers);
        Collections.reverse(upwards);
        chart.addSeries(title, modalities, upwards, cells);
        panels.add(chart);
    }

    /** Column, row counted from below, percent; cells without a number are left out. */
    private static List<Number[]> cells(double[][] share) {
        List<Number[]> cells = new ArrayList<>();
        for (int layer = 0; layer < share.length; layer++) {
            for (int modality = 0; modality < share[layer].length; modality++) {
                double percent = 100 * share[layer][modality];
                if (!Double.isNaN(percent)) {
                    cells.add(new Number[] {modality, share.length - 1 - layer, percent});
                }
            }
        }
        return cells;
    }

    private static void style(HeatMapStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(new Color(0xE0, 0xE0, 0xE0));
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        styler.setChartTitlePadding(14);
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        styler.setPlotContentSize(1);
        styler.setLegendVisible(false);
        styler.setMin(0);
        styler.setMax(100);
        styler.setRangeColors(WHITE_TO_BLUE);
        styler.setShowValue(true);
        styler.setValueFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        styler.setValueFontColor(Color.BLACK);
        styler.setHeatMapValueDecimalPattern("0.0");
    }
}
