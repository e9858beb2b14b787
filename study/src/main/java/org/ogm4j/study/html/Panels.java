package org.ogm4j.study.html;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.title.TextTitle;

/**
 * Small multiples of {@link IntervalChart}, all with the same rows and the same axis, as a file of
 * its own on white.
 *
 * @param title says what is seen
 * @param note a line below it
 * @param x title of the axis
 * @param panels one beside the other, three in a row
 */
public record Panels(String title, String note, String x, List<Panel> panels) {

    private static final int COLUMNS = 3;
    private static final int[] WIDTHS = {760, 540, 390};
    private static final int HEAD = 70;
    private static final int NAME = 24;
    private static final int EDGE = 14;
    private static final int SCALE = 2;
    private static final Font LARGE = new Font(Font.SANS_SERIF, Font.BOLD, 17);
    private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 14);

    /** Copies the list. */
    public Panels {
        panels = List.copyOf(panels);
    }

    /**
     * One of them.
     *
     * @param name over it
     * @param rows all panels have as many
     */
    public record Panel(String name, List<IntervalChart.Row> rows) {

        /** Copies the list. */
        public Panel {
            rows = List.copyOf(rows);
        }
    }

    /** As SVG. */
    public String svg(String label) {
        VectorGraphics2D graphics = new VectorGraphics2D();
        draw(graphics);
        return Svg.file(graphics, width(), height(), label) + "\n";
    }

    /** As PNG, with two pixels for each one of the SVG. */
    public byte[] png() {
        BufferedImage image =
                new BufferedImage(SCALE * width(), SCALE * height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(SCALE, SCALE);
        draw(graphics);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void draw(Graphics2D graphics) {
        graphics.setPaint(Ink.PAPER.color());
        graphics.fillRect(0, 0, width(), height());
        graphics.setPaint(Ink.TEXT.color());
        graphics.setFont(LARGE);
        graphics.drawString(title, EDGE, 28);
        graphics.setPaint(Ink.MUTED.color());
        graphics.setFont(Look.TYPE);
        graphics.drawString(note, EDGE, 50);
        double low = ends(true);
        double high = ends(false);
        for (int i = 0; i < panels.size(); i++) {
            JFreeChart chart = IntervalChart.chart(x, panels.get(i).rows(), low, high);
            TextTitle name = new TextTitle(panels.get(i).name(), BOLD);
            name.setPaint(Ink.TEXT.color());
            chart.setTitle(name);
            int left = EDGE + i % columns() * WIDTHS[columns() - 1];
            int top = HEAD + i / columns() * panelHeight();
            chart.draw(graphics, new Rectangle(left, top, WIDTHS[columns() - 1], panelHeight()));
        }
    }

    /** The least or the largest end of all rows, 0 included. */
    private double ends(boolean least) {
        return panels.stream()
                .flatMap(panel -> panel.rows().stream())
                .filter(row -> !Double.isNaN(row.mean()))
                .mapToDouble(row -> least ? row.low() : row.high())
                .reduce(0, least ? Math::min : Math::max);
    }

    private int columns() {
        return Math.min(COLUMNS, panels.size());
    }

    private int panelHeight() {
        return NAME + IntervalChart.height(panels.get(0).rows().size());
    }

    private int width() {
        return 2 * EDGE + columns() * WIDTHS[columns() - 1];
    }

    private int height() {
        int lines = (panels.size() + columns() - 1) / columns();
        return HEAD + lines * panelHeight() + EDGE;
    }
}
