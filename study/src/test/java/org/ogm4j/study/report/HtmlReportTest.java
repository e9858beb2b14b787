package org.ogm4j.study.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.ogm4j.study.run.CurvePoint;
import org.ogm4j.study.run.RunRecord;
import org.ogm4j.study.run.Samples;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What a browser makes of it is checked by {@code study/report-check.sh}. */
class HtmlReportTest {

    private static final Origin ORIGIN =
            new Origin(
                    "run --out 'my <folder>'",
                    37,
                    Map.of("ogm-seed4", "Error: <script>alert(1)</script>"),
                    "2026-11-24T12:00:00Z");

    private static final String HTML = html(Samples.runs());

    private static String html(List<RunRecord> runs) {
        return HtmlReport.of(runs, "plain", "ogm-ge", Map.of("medium", "Sound is <loud>."), ORIGIN);
    }

    @Test
    void saysInWordsWhoHelps() throws Exception {
        String first = "//section[1]//tbody/tr[1]/td[%d]";

        assertEquals("ogm-ge +4.0", text(first.formatted(1)));
        assertEquals("ogm +0.0", text(first.formatted(2)));
        assertEquals("uniform -5.0", text(first.formatted(3)));
        assertEquals(
                "In 2 of 6 comparisons with plain the method helps, most of all ogm-ge"
                        + " +4.0 points (medium).",
                text("//section[1]//li[2]"));
    }

    /** 3.9, 4.0 and 4.1 points: sd 0.1, half of the interval 4.302653 * 0.1 / sqrt(3) = 0.25. */
    @Test
    void tablesHaveIntervals() throws Exception {
        String row = "//section[@id='s0']//tr[th='ogm-ge'][td='▲ helps']";

        assertEquals("+4.0 [+3.8, +4.2]", text(row + "/td[2]"));
        assertEquals("< 0.001", text(row + "/td[3]"));
        assertEquals("85.0 [82.3, 87.7]", text(row + "/td[4]"));
        assertEquals("one modality only", text("//section[@id='s1']//tr[th='audio-only']/td[1]"));
        assertEquals("6", text("count(//section[@id='s1']//div[@class='verdicts']//tbody/tr)"));
    }

    @Test
    void allDataHaveTheirCharts() throws Exception {
        // audio, visual, fused, cost, ratio, coefficient, training; and uniform and ogm in small
        assertEquals("7", text("count(//section[@id='s0']/div[@class='charts']/figure/svg)"));
        assertEquals("2", text("count(//section[@id='s0']//div[@class='charts small']//svg)"));
        assertEquals("2", text("count(//section[1]//figure/svg)"));
        assertEquals("0", text("count(//figure[not(figcaption)])"));
        assertEquals("0", text("count(//svg[not(@role='img') or @aria-label=''])"));
        assertEquals("0", text("count(//table[not(caption)] | //th[not(@scope)])"));
        assertEquals("audio alone", text("//section[@id='s0']//svg//text[.='audio alone']"));
    }

    /** Letters as outlines have no text. */
    @Test
    void theTitlesOfAxesAreText() throws Exception {
        String charts = "//section[@id='s0']/div[@class='charts']//svg//text";
        assertEquals("3", text("count(" + charts + "[.='validation accuracy, %'])"));
        assertEquals("1", text("count(" + charts + "[.=\"a step's time, ms\"])"));
    }

    /** Seeds 1 to 3 of four methods on two sets of data, and a triangle or circle for each. */
    @Test
    void everyPairIsADot() throws Exception {
        assertEquals(
                Integer.toString(2 * (3 * 3)),
                text(
                        "count(//section[1]//svg//path[contains(@style, 'fill:var(--muted);stroke:none')])"));
    }

    @Test
    void methodsAreRankedOverAllData() throws Exception {
        String row = "//table[contains(caption, 'Rank')]//tr[th='%s']/td[1]";
        assertEquals("1.00", text(row.formatted("ogm-ge")));
        assertEquals("2.50", text(row.formatted("plain")), "shares the second rank with ogm");
        assertEquals("4.00", text(row.formatted("uniform")));
        assertEquals("", text(row.formatted("audio-only")));
    }

    /** Two sets are too few; of six, four methods' lines are half of 2.569 sqrt(20 / 36) long. */
    @Test
    void ranksDifferOnlyWhereDataAreEnough() throws Exception {
        assertTrue(HTML.contains("cannot be said of 4 methods on 2 sets of data"));
        List<RunRecord> runs = new ArrayList<>();
        for (int data = 0; data < 6; data++) {
            for (RunRecord run : Samples.runs().subList(0, 18)) {
                runs.add(Samples.record(run.method(), "d" + data, run.seed(), run.test().fused()));
            }
        }
        String html = html(runs);
        assertTrue(html.contains("half the critical difference of 1.91"));
        assertTrue(
                text(html, "//svg[starts-with(@aria-label, 'Mean ranks')]/@aria-label")
                        .contains("ogm-ge 1.00"));
    }

    @Test
    void timesAreInAUnitThatCanBeRead() {
        assertEquals("13 seconds", MakingOf.time(12.5));
        assertEquals("3 minutes", MakingOf.time(200));
        assertEquals("2.5 hours", MakingOf.time(9000));
    }

    /** Modulated in steps 5 to 10 of 20: upright lines there, and the caption says so. */
    @Test
    void theWindowIsMarked() {
        List<CurvePoint> curve = new ArrayList<>();
        for (int step = 5; step <= 20; step += 5) {
            double k = step == 10 ? 0.5 : 1;
            Map<String, Double> one = Samples.of(1, 1);
            curve.add(new CurvePoint(step, 1, 0.5, one, one, Samples.of(k, 1), Map.of()));
        }
        List<RunRecord> runs = List.of(Samples.with(Samples.record("ogm", "d", 1, 0.8), curve));

        assertTrue(html(runs).contains("Dotted: where modulation began or ended."));
        assertFalse(HTML.contains("Dotted:"), "modulated from the first step to the last");
    }

    /** Without a network of one modality no caption names its line. */
    @Test
    void captionsNameWhatIsThere() throws Exception {
        List<RunRecord> joint = Samples.runs().stream().filter(run -> run.only() == null).toList();

        assertTrue(HTML.contains("a network of audio alone (dashed)"));
        assertFalse(html(joint).contains("alone (dashed)"));
    }

    @Test
    void tellsHowItWasMade() throws Exception {
        assertEquals("run --out 'my <folder>'", text("//pre"));
        assertEquals("Sound is <loud>.", text("//section[@id='s0']/p[1]"));
        assertEquals("1, 2, 3", text("//section[@id='making']//tr[th='seeds']/td"));
        assertEquals("Example <OS>", text("//section[@id='making']//tr[th='os']/td"));
        assertTrue(text("//p[@class='warning']").startsWith("1 of 37 runs are missing."));
        assertEquals(
                "Error: <script>alert(1)</script>",
                text("//section[@id='making']//tr[th='ogm-seed4']/td"));
    }

    @Test
    void needsNoOtherFileAndRunsItsOwnScriptAlone() throws Exception {
        assertEquals(2, HTML.split("<script", -1).length);
        assertFalse(Pattern.compile("(src|href)=\"(?!#|data:)").matcher(HTML).find());
        assertFalse(HTML.contains("@import"));
        assertFalse(HTML.contains("rgb("), "a colour that dark screens cannot change");
        assertEquals(text("count(//@id)"), Long.toString(distinctIds()));
    }

    @Test
    void twoSeedsTellNothing() throws Exception {
        String html = html(Samples.runs().subList(0, 12));

        assertTrue(text(html, "//section[1]/p[1]").startsWith("Too few runs to say anything."));
        assertEquals("? too few runs", text(html, "//section[1]//thead//th[5]"));
        assertEquals("none", text(html, "//section[1]//tbody/tr[1]/td[1]"));
    }

    @Test
    void withoutPlainNothingIsCompared() throws Exception {
        String html = html(List.of(Samples.record("ogm", "medium", 1, 0.8)));

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
