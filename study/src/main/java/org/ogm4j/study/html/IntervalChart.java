package org.ogm4j.study.html;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Named rows, each a value and its interval, beside a line at 0. */
public final class IntervalChart {

    private static final int ROW = 26;
    private static final double UNDER = 0.3;
    private static final int AXIS = 52;
    private static final double MARGIN = 0.05;

    private IntervalChart() {}

    /**
     * One row.
     *
     * @param name in front of it
     * @param ink of it; above 0 an upright triangle, below one on its tip, else a circle
     * @param mean where the shape is; NaN for none
     * @param low left end of the line
     * @param high right end of the line
     * @param pairs small dots beside it
     */
    public record Row(
            String name, Ink ink, double mean, double low, double high, List<Double> pairs) {

        /** Copies the list. */
        public Row {
            pairs = List.copyOf(pairs);
        }
    }

    /**
     * The drawing, first row on top.
     *
     * @param x title of the axis
     * @param low the least value that must find room, so that charts can be compared
     * @param high the largest
     */
    public static String svg(
            String id, String label, String x, List<Row> rows, double low, double high) {
        return draw(id, label, x, rows, Math.min(0, low), Math.max(0, high));
    }

    /** The same for values of which 0 is none: without the line there. */
    public static String ranks(
            String id, String label, String x, List<Row> rows, double low, double high) {
        return draw(id, label, x, rows, low, high);
    }

    private static String draw(
            String id, String label, String x, List<Row> rows, double low, double high) {
        return Svg.of(chart(x, rows, low, high), Look.WIDTH, height(rows.size()), id, label);
    }

    /** How many pixels so many rows take. */
    static int height(int rows) {
        return AXIS + ROW * rows;
    }

    /** With nothing behind the names of rows whose mean is NaN. */
    static JFreeChart chart(String x, List<Row> rows, double low, double high) {
        NumberAxis across = Look.axis(new NumberAxis(x));
        double margin = MARGIN * (high - low) + Double.MIN_NORMAL;
        across.setRange(low - margin, high + margin);
        across.setNumberFormatOverride(Look.NUMBERS);
        SymbolAxis names =
                Look.axis(
                        new SymbolAxis(null, rows.stream().map(Row::name).toArray(String[]::new)));
        names.setTickLabelPaint(Ink.TEXT.color());
        names.setGridBandsVisible(false);
        names.setInverted(true);
        names.setRange(-0.6, rows.size() - 0.35);
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        XYPlot plot = new XYPlot(data, across, names, renderer(rows, data));
        addPairs(plot, rows);
        plot.setRangeGridlinesVisible(false);
        if (low <= 0) {
            plot.addDomainMarker(new ValueMarker(0, Ink.MUTED.color(), Look.SOLID));
        }
        return Look.chart(plot, false);
    }

    /** One series for each ink. */
    private static XYErrorRenderer renderer(List<Row> rows, XYIntervalSeriesCollection data) {
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDrawYError(false);
        renderer.setDefaultLinesVisible(false);
        List<Ink> inks = rows.stream().map(Row::ink).distinct().toList();
        for (int series = 0; series < inks.size(); series++) {
            Ink ink = inks.get(series);
            XYIntervalSeries points = new XYIntervalSeries(ink.name(), false, true);
            for (int y = 0; y < rows.size(); y++) {
                Row row = rows.get(y);
                if (row.ink() == ink && !Double.isNaN(row.mean())) {
                    points.add(row.mean(), row.low(), row.high(), y, y, y);
                }
            }
            data.addSeries(points);
            renderer.setSeriesPaint(series, ink.color());
            renderer.setSeriesShape(series, shape(ink));
            renderer.setSeriesShapesFilled(series, true);
            renderer.setSeriesStroke(series, Look.SOLID);
        }
        renderer.setErrorStroke(Look.SOLID);
        return renderer;
    }

    /** Small dots, a little under each row's line. */
    private static void addPairs(XYPlot plot, List<Row> rows) {
        XYSeries dots = new XYSeries("pairs");
        for (int y = 0; y < rows.size(); y++) {
            for (double pair : rows.get(y).pairs()) {
                dots.add(pair, y + UNDER);
            }
        }
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setSeriesPaint(0, Ink.MUTED.color());
        renderer.setSeriesShape(0, new Ellipse2D.Double(-1.8, -1.8, 3.6, 3.6));
        plot.setDataset(1, new XYSeriesCollection(dots));
        plot.setRenderer(1, renderer);
    }

    private static Shape shape(Ink ink) {
        return switch (ink) {
            case HELPS -> triangle(-1);
            case HURTS -> triangle(1);
            default -> new Ellipse2D.Double(-4, -4, 8, 8);
        };
    }

    private static Shape triangle(int tip) {
        Path2D path = new Path2D.Double();
        path.moveTo(0, 6 * tip);
        path.lineTo(-6, -5 * tip);
        path.lineTo(6, -5 * tip);
        path.closePath();
        return path;
    }
}
