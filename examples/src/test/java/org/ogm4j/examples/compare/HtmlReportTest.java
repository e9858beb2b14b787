package org.ogm4j.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.ogm4j.examples.training.Method;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What a browser makes of it is checked by {@code examples/report-check.sh}. */
class HtmlReportTest {

    private static final Origin ORIGIN =
            new Origin(
                    List.of("compare", "--seeds", "1-3", "--out", "my <folder>"),
                    37,
                    Map.of("ogm-seed4", "Error: <script>alert(1)</script>"),
                    "2026-11-24T12:00:00Z");

    private static final String HTML = HtmlReport.of(ReportSamples.runs(), ORIGIN);

    @Test
    void saysInWordsWhoHelps() throws Exception {
        String first = "//section[1]//tbody/tr[1]/td[%d]";

        assertEquals("ogm-ge +4.0", text(first.formatted(1)));
        assertEquals("ogm +0.0", text(first.formatted(2)));
        assertEquals("uniform -5.0", text(first.formatted(3)));
        assertEquals(
                "In 2 of 6 comparisons with plain training the method helps, most of all ogm-ge"
                        + " +4.0 (digits medium).",
                text("//section[1]//li[2]"));
    }

    /** 3.9, 4.0 and 4.1 points: sd 0.1, half of the interval 4.302653 * 0.1 / sqrt(3) = 0.25. */
    @Test
    void tablesHaveIntervals() throws Exception {
        String row = "//section[@id='s0']//tr[th='ogm-ge'][td='▲ helps']";

        assertEquals("+4.0 [+3.8, +4.2]", text(row + "/td[2]"));
        assertEquals("85.0 [82.3, 87.7]", text(row + "/td[3]"));
        assertEquals("one modality only", text("//section[@id='s1']//tr[th='audio-only']/td[1]"));
        assertEquals("6", text("count(//section[@id='s1']//div[@class='verdicts']//tbody/tr)"));
    }

    @Test
    void everySettingHasItsCharts() throws Exception {
        // sound, pictures, fused, ratio, coefficient, training; and uniform and ogm in small
        assertEquals("6", text("count(//section[@id='s0']/div[@class='charts']/figure/svg)"));
        assertEquals("2", text("count(//section[@id='s0']//div[@class='charts small']//svg)"));
        assertEquals("2", text("count(//section[1]//figure/svg)"));
        assertEquals("0", text("count(//figure[not(figcaption)])"));
        assertEquals("0", text("count(//svg[not(@role='img') or @aria-label=''])"));
        assertEquals("0", text("count(//table[not(caption)] | //th[not(@scope)])"));
        assertEquals("sound alone", text("//section[@id='s0']//svg//text[.='sound alone']"));
    }

    @Test
    void tellsHowItWasMade() throws Exception {
        assertEquals(
                "mvn -B -pl examples -am compile exec:java"
                        + " -Dexec.args=\"compare --seeds 1-3 --out 'my <folder>'\"",
                text("//pre"));
        assertEquals("1, 2, 3", text("//section[@id='making']//tr[th='seeds']/td"));
        assertEquals("Example <OS>", text("//section[@id='making']//tr[th='os']/td"));
        assertTrue(text("//p[@class='warning']").startsWith("1 of 37 runs are missing."));
        assertEquals(
                "Error: <script>alert(1)</script>",
                text("//section[@id='making']//tr[th='ogm-seed4']/td"));
    }

    @Test
    void needsNoOtherFileAndRunsNothing() throws Exception {
        assertFalse(HTML.contains("<script"));
        assertFalse(Pattern.compile("(src|href)=\"(?!#|data:)").matcher(HTML).find());
        assertFalse(HTML.contains("@import"));
        assertFalse(HTML.contains("rgb("), "a colour that dark screens cannot change");
        assertEquals(text("count(//@id)"), Long.toString(distinctIds()));
    }

    @Test
    void oneSeedTellsNothing() throws Exception {
        String html = HtmlReport.of(ReportSamples.runs().subList(0, 6), ORIGIN);

        assertEquals("? too few seeds", text(html, "//section[1]//thead//th[5]"));
        assertEquals("none", text(html, "//section[1]//tbody/tr[1]/td[1]"));
    }

    @Test
    void withoutPlainNothingIsCompared() throws Exception {
        RunRecord alone = ReportSamples.run(Method.OGM, Imbalance.MEDIUM, 1, 0.8);
        String html = HtmlReport.of(List.of(alone), ORIGIN);

        assertTrue(text(html, "//p[@class='warning'][2]").startsWith("No method can be compared"));
    }

    private static long distinctIds() {
        return Pattern.compile(" id=\"[^\"]*\"")
                .matcher(HTML)
                .results()
                .map(found -> found.group())
                .distinct()
                .count();
    }

    private static String text(String path) throws Exception {
        return text(HTML, path);
    }

    private static String text(String html, String path)
            throws ParserConfigurationException,
                    IOException,
                    SAXException,
                    XPathExpressionException {
        String xml =
                html.replaceFirst("<!DOCTYPE html>", "")
                        .replaceAll("<(meta|link)([^>]*)>", "<$1$2/>");
        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(xml)));
        return XPathFactory.newInstance().newXPath().evaluate(path, document).strip();
    }
}
