package org.ogm4j.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.ogm4j.examples.training.Method;
import org.ogm4j.examples.training.Trained;

/**
 * The look that all charts share: white ground, large type, faint raw values under smooth lines.
 */
final class Charts {

    static final int WIDTH = 1200;
    static final int HEIGHT = 800;

    static final Color ORANGE = new Color(0xD5, 0x5E, 0x00);
    static final Color BLUE = new Color(0x00, 0x72, 0xB2);
    static final Color GREEN = new Color(0x00, 0x9E, 0x73);

    private static final BasicStroke SOLID = new BasicStroke(2.5f);
    private static final BasicStroke DASHED =
            new BasicStroke(
                    2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {9, 6}, 0);

    private static final BasicStroke EDGE =
            new BasicStroke(
                    1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {3, 3}, 0);

    private static final BasicStroke FAINT = new BasicStroke(1f);
    private static final int FAINT_ALPHA = 55;
    private static final int SMOOTHING_PARTS = 50;

    private Charts() {}

    static XYChart empty(String title, String x, String y, int height) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(height)
                        .title(title)
                        .xAxisTitle(x)
                        .yAxisTitle(y)
                        .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 20));
        chart.getStyler().setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 17));
        chart.getStyler().setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        chart.getStyler().setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16));
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        chart.getStyler().setLegendSeriesLineLength(30);
        chart.getStyler().setLegendBorderColor(Color.WHITE);
        chart.getStyler().setPlotGridLinesColor(new Color(0xE0, 0xE0, 0xE0));
        chart.getStyler().setXAxisDecimalPattern("0");
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        return chart;
    }

    /** Where runs are compared, the plain one is dashed. */
    static BasicStroke line(Trained run, List<Trained> runs) {
        return runs.size() > 1 && run.method().equals(Method.PLAIN) ? DASHED : SOLID;
    }

    /** The values as a faint line, and their moving average over a 25th of the steps on top. */
    static void addNoisy(
            XYChart chart, String name, double[] values, Color color, BasicStroke line) {
        addNoisy(chart, name, values, color, line, values.length);
    }

    /**
     * The same, the average not across an edge.
     *
     * @param edge the first step on its other side; the number of steps if there is none
     */
    static void addNoisy(
            XYChart chart, String name, double[] values, Color color, BasicStroke line, int edge) {
        double[] steps = IntStream.range(0, values.length).asDoubleStream().toArray();
        // not a step itself, or the chart would label steps and not round numbers
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(values.length - 0.5);
        XYSeries raw = chart.addSeries(name + " (raw)", steps, values);
        Color faint = new Color(color.getRed(), color.getGreen(), color.getBlue(), FAINT_ALPHA);
        style(raw, faint, FAINT);
        raw.setShowInLegend(false);
        int radius = Math.max(1, values.length / SMOOTHING_PARTS);
        double[] smooth = Smoothing.movingAverage(values, radius, edge);
        int[] places = Smoothing.places(values.length, radius, edge);
        double[] x = Arrays.stream(places).asDoubleStream().toArray();
        double[] y = Arrays.stream(places).mapToDouble(place -> smooth[place]).toArray();
        style(chart.addSeries(name, x, y), color, line);
    }

    /** A thin upright line between two steps. */
    static void addEdge(XYChart chart, String name, int edge, double height) {
        double[] x = {edge - 0.5, edge - 0.5};
        style(chart.addSeries(name, x, new double[] {0, height}), Color.GRAY, EDGE);
    }

    /** A thin line at 1 from the first step to the last. */
    static void addBalance(XYChart chart, int steps) {
        XYSeries line = chart.addSeries("1", new double[] {0, steps - 1}, new double[] {1, 1});
        style(line, Color.GRAY, FAINT);
        line.setShowInLegend(false);
    }

    static void style(XYSeries series, Color color, BasicStroke line) {
        // a line of one point would not be drawn
        boolean point = series.getXData().length == 1;
        series.setMarker(point ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        series.setMarkerColor(color);
        series.setLineColor(color);
        series.setLineStyle(line);
    }
}
