package org.ogm4j.study.html;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Polygon;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleInsets;

/** What all charts of the report look like: no ground of their own, faint horizontal lines. */
final class Look {

    static final Stroke SOLID =
            new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final Stroke DASHED =
            new BasicStroke(
                    2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {7, 4}, 0);
    static final Stroke DOTTED =
            new BasicStroke(
                    1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {2, 3}, 0);
    static final Stroke THIN = new BasicStroke(1f);

    /** A chart takes 330 pixels of a page at least, so that this is never below 12 pixels. */
    static final Font TYPE = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    static final NumberFormat NUMBERS =
            new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));

    static final int WIDTH = 340;
    static final int HEIGHT = 250;

    static {
        // else the titles of upright axes are drawn as the outlines of their letters
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    private Look() {}

    /** Circle, square, triangle, diamond: told apart without colours, and one upon the other. */
    static Shape mark(int line) {
        return switch (line % 4) {
            case 0 -> new Ellipse2D.Double(-5, -5, 10, 10);
            case 1 -> new Rectangle2D.Double(-3, -3, 6, 6);
            case 2 -> new Polygon(new int[] {-4, 4, 0}, new int[] {3, 3, -4}, 3);
            default -> new Polygon(new int[] {-3, 0, 3, 0}, new int[] {0, -3, 0, 3}, 4);
        };
    }

    static JFreeChart chart(XYPlot plot, boolean legend) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(Ink.GRID.color());
        plot.setRangeGridlineStroke(THIN);
        plot.setDomainGridlinePaint(Ink.GRID.color());
        plot.setDomainGridlineStroke(THIN);
        plot.setInsets(new RectangleInsets(6, 2, 2, 20));
        JFreeChart chart = new JFreeChart(null, TYPE, plot, legend);
        chart.setBackgroundPaint(null);
        if (legend) {
            LegendTitle names = chart.getLegend();
            names.setItemFont(TYPE);
            names.setItemPaint(Ink.TEXT.color());
            names.setBackgroundPaint(null);
            names.setFrame(BlockBorder.NONE);
        }
        return chart;
    }

    static <A extends ValueAxis> A axis(A axis) {
        axis.setLabelFont(TYPE);
        axis.setTickLabelFont(TYPE);
        axis.setLabelPaint(Ink.MUTED.color());
        axis.setTickLabelPaint(Ink.MUTED.color());
        axis.setAxisLinePaint(Ink.GRID.color());
        axis.setTickMarkPaint(Ink.GRID.color());
        return axis;
    }
}
