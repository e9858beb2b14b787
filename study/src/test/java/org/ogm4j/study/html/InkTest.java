package org.ogm4j.study.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Contrasts by WCAG 2.2: 4.5 for text (1.4.3, AA), 3 for lines and marks (1.4.11). */
class InkTest {

    private static final List<String> TEXTS = List.of("text", "muted", "helps", "hurts", "first");
    private static final List<String> LINES =
            List.of("plain", "first", "second", "reference", "helps", "hurts", "untold", "muted");

    @Test
    void contrastIsEnoughOnBothKindsOfScreens() {
        for (Map<String, Integer> inks : List.of(inks(0), inks(1))) {
            for (String ground : List.of("paper", "raised")) {
                for (String ink : TEXTS) {
                    check(inks, ink, ground, 4.5);
                }
                for (String ink : LINES) {
                    check(inks, ink, ground, 3);
                }
            }
        }
    }

    /** Black on white, and a grey whose ratio is widely known to be just enough. */
    @Test
    void theFormulaGivesKnownValues() {
        assertEquals(21, contrast(0, 0xFFFFFF), 1e-9);
        assertEquals(4.54, contrast(0x767676, 0xFFFFFF), 0.005);
    }

    private static void check(Map<String, Integer> inks, String ink, String ground, double least) {
        double contrast = contrast(inks.get(ink), inks.get(ground));
        assertTrue(contrast >= least, ink + " on " + ground + ": " + contrast);
    }

    /** From the style sheet: 0 light, 1 dark. */
    private static Map<String, Integer> inks(int scheme) {
        String css = Ink.css().split("@media", 2)[scheme];
        Matcher found = Pattern.compile("--(\\w+):#([0-9a-f]{6})").matcher(css);
        Map<String, Integer> inks = new HashMap<>();
        while (found.find()) {
            inks.put(found.group(1), Integer.parseInt(found.group(2), 16));
        }
        return inks;
    }

    private static double contrast(int one, int other) {
        double high = Math.max(luminance(one), luminance(other));
        double low = Math.min(luminance(one), luminance(other));
        return (high + 0.05) / (low + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double c = (channel & 0xFF) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
