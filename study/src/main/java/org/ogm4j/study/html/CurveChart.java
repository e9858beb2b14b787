package org.ogm4j.study.html;

import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.data.Range;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Lines with bands over epochs or steps. */
public final class CurveChart {

    private static final int SMALL_WIDTH = 210;
    private static final int SMALL_HEIGHT = 130;
    private static final int BAND_ALPHA = 45;

    /** Of what is shown, where a line is flat. */
    private static final double LEAST_HEIGHT = 0.1;

    /** Lines of at most so many places have a mark at each; of one place there is no line. */
    private static final int MARKED = 15;

    private final String x;
    private final String y;
    private double marked = Double.NaN;
    private double[] edges = {};
    private Range range;

    /** A chart with the titles of its axes. */
    public CurveChart(String x, String y) {
        this.x = x;
        this.y = y;
    }

    /** Draws a thin line at a height that means something. */
    public CurveChart marking(double height) {
        marked = height;
        return this;
    }

    /** Draws a thin upright line at each of these places. */
    public CurveChart edges(double... places) {
        edges = places.clone();
        return this;
    }

    /** Shows these heights whatever the lines are. */
    public CurveChart between(double low, double high) {
        range = new Range(low, high);
        return this;
    }

    /** The drawing with a legend; lines without places are left out. */
    public String svg(String id, String label, List<Curve> curves) {
        return draw(id, label, curves, false);
    }

    /** A small drawing without legend and titles. */
    public String small(String id, String label, List<Curve> curves) {
        return draw(id, label, curves, true);
    }

    private String draw(String id, String label, List<Curve> curves, boolean small) {
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        DeviationRenderer renderer = new DeviationRenderer(true, false);
        renderer.setAlpha(1); // the band's colour has its own
        renderer.setDrawSeriesLineAsPath(true);
        for (Curve curve : curves) {
            if (!curve.places().isEmpty()) {
                int index = data.getSeriesCount();
                data.addSeries(series(curve));
                renderer.setSeriesPaint(index, curve.ink().color());
                renderer.setSeriesFillPaint(index, curve.ink().color(BAND_ALPHA));
                renderer.setSeriesStroke(index, curve.dashed() ? Look.DASHED : Look.SOLID);
                renderer.setSeriesShape(index, Look.mark(index));
                renderer.setSeriesShapesVisible(index, curve.places().size() <= MARKED);
            }
        }
        NumberAxis across = Look.axis(new NumberAxis(small ? null : x));
        across.setAutoRangeIncludesZero(false);
        across.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        NumberAxis up = Look.axis(new NumberAxis(small ? null : y));
        up.setAutoRangeIncludesZero(false);
        up.setAutoRangeMinimumSize(LEAST_HEIGHT);
        if (range != null) {
            up.setRange(range);
        }
        XYPlot plot = new XYPlot(data, across, up, renderer);
        plot.setDomainGridlinesVisible(false);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD); // small marks upon large ones
        if (!Double.isNaN(marked)) {
            plot.addRangeMarker(new ValueMarker(marked, Ink.MUTED.color(), Look.THIN));
        }
        for (double edge : edges) {
            plot.addDomainMarker(new ValueMarker(edge, Ink.MUTED.color(), Look.DOTTED));
        }
        return Svg.of(
                Look.chart(plot, !small),
                small ? SMALL_WIDTH : Look.WIDTH,
                small ? SMALL_HEIGHT : Look.HEIGHT,
                id,
                label);
    }

    private static YIntervalSeries series(Curve curve) {
        YIntervalSeries series = new YIntervalSeries(curve.name());
        for (Curve.Place place : curve.places()) {
            series.add(place.x(), place.mean(), place.low(), place.high());
        }
        return series;
    }
}
