package org.ogm4j.study.html;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jfree.chart.JFreeChart;

/** Draws a chart as SVG that stands in the page itself and takes its colours from there. */
final class Svg {

    /** Two decimals are a hundredth of a pixel. */
    private static final Pattern LONG_NUMBER = Pattern.compile("(\\d+\\.\\d\\d)\\d+");

    private static final Pattern CLIP = Pattern.compile("(id=\"|url\\(#)clip");

    /** Of this machine; others have another one. */
    private static final Pattern FONT = Pattern.compile("(font-family:&quot;[^&;]*&quot;)");

    private static final Pattern INDENTATION = Pattern.compile("\\n\\s+");

    /** Letters are drawn with so many pixels, and shown with at least so many. */
    private static final int TYPE = 13;

    private static final int LEAST_TYPE = 12;

    private Svg() {}

    /**
     * The drawing.
     *
     * @param id of no other drawing of the page: names inside it are made from it
     * @param label what it shows, for those who do not see it
     */
    static String of(JFreeChart chart, int width, int height, String id, String label) {
        VectorGraphics2D graphics = new VectorGraphics2D();
        chart.draw(graphics, new Rectangle(width, height));
        return "<svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %d %d\" style=\"min-width:%dpx\">%s"
                .formatted(
                        Html.escape(label),
                        width,
                        height,
                        width * LEAST_TYPE / TYPE,
                        Ink.themed(content(graphics, width, height, id)));
    }

    /** A file of its own, with its own colours. */
    static String file(VectorGraphics2D graphics, int width, int height, String label) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"%s\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %2$d %3$d\">%s"
                .formatted(
                        Html.escape(label),
                        width,
                        height,
                        FONT.matcher(content(graphics, width, height, "clip"))
                                .replaceAll("$1,sans-serif"));
    }

    /** What was drawn, and the end of the element. */
    private static String content(VectorGraphics2D graphics, int width, int height, String id) {
        Document document =
                new SVGProcessor()
                        .getDocument(graphics.getCommands(), new PageSize(0, 0, width, height));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            document.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String svg = bytes.toString(StandardCharsets.UTF_8);
        String content = svg.substring(svg.indexOf('>', svg.indexOf("<svg")) + 1);
        content = LONG_NUMBER.matcher(content).replaceAll("$1");
        content = CLIP.matcher(content).replaceAll("$1" + id + "-");
        return INDENTATION.matcher(content).replaceAll("\n");
    }
}
