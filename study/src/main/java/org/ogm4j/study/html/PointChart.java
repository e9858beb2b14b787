package org.ogm4j.study.html;

import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Named points in a plane. */
public final class PointChart {

    private static final double MARGIN = 0.12;

    /** Of an axis, where all points are at nearly the same place; and as a share of the largest. */
    private static final double LEAST_SIZE = 0.1;

    private static final double LEAST_SHARE = 0.05;

    /** In turn, so that the names of points at the same place can be read. */
    private static final List<ItemLabelPosition> SIDES =
            List.of(
                    new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT),
                    new ItemLabelPosition(ItemLabelAnchor.OUTSIDE9, TextAnchor.CENTER_RIGHT),
                    new ItemLabelPosition(ItemLabelAnchor.OUTSIDE12, TextAnchor.BOTTOM_CENTER),
                    new ItemLabelPosition(ItemLabelAnchor.OUTSIDE6, TextAnchor.TOP_CENTER));

    private PointChart() {}

    /**
     * One point.
     *
     * @param name beside it: a letter or two, since there is no room for more
     * @param ink of it
     * @param x where across
     * @param y where up
     */
    public record Point(String name, Ink ink, double x, double y) {}

    /**
     * The drawing.
     *
     * @param x title of the axis
     * @param y title of the axis
     */
    public static String svg(String id, String label, String x, String y, List<Point> points) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            XYSeries series = new XYSeries(i + " " + point.name());
            series.add(point.x(), point.y());
            data.addSeries(series);
            renderer.setSeriesPaint(i, point.ink().color());
            renderer.setSeriesShape(i, new Ellipse2D.Double(-4, -4, 8, 8));
            renderer.setSeriesItemLabelGenerator(i, (set, index, item) -> " " + point.name() + " ");
            renderer.setSeriesItemLabelsVisible(i, true);
            renderer.setSeriesItemLabelFont(i, Look.TYPE);
            renderer.setSeriesItemLabelPaint(i, Ink.TEXT.color());
            renderer.setSeriesPositiveItemLabelPosition(i, SIDES.get(i % SIDES.size()));
        }
        NumberAxis across = Look.axis(new NumberAxis(x));
        across.setAutoRangeIncludesZero(false);
        across.setAutoRangeMinimumSize(least(points.stream().mapToDouble(Point::x)));
        across.setNumberFormatOverride(Look.NUMBERS);
        across.setLowerMargin(MARGIN);
        across.setUpperMargin(MARGIN);
        NumberAxis up = Look.axis(new NumberAxis(y));
        up.setAutoRangeIncludesZero(false);
        up.setAutoRangeMinimumSize(least(points.stream().mapToDouble(Point::y)));
        up.setNumberFormatOverride(Look.NUMBERS);
        up.setLowerMargin(MARGIN);
        up.setUpperMargin(MARGIN);
        return Svg.of(
                Look.chart(new XYPlot(data, across, up, renderer), false),
                Look.WIDTH,
                Look.HEIGHT,
                id,
                label);
    }

    /** Equal results do not become a scale of hundredths. */
    private static double least(DoubleStream values) {
        return Math.max(LEAST_SIZE, LEAST_SHARE * values.map(Math::abs).max().orElse(0));
    }
}
