package org.ogm4j.study.html;

import java.awt.Color;
import java.util.Locale;

/**
 * The colours of the report. Charts are drawn in the colours for light screens; in the page each
 * becomes a CSS variable, which has another value on dark screens.
 */
public enum Ink {
    PAPER(0xFFFFFF, 0x14171C),
    RAISED(0xF6F7F9, 0x1D2128),
    TEXT(0x1F2328, 0xE6E8EB),
    MUTED(0x57606A, 0xA0A9B4),
    GRID(0xDDE0E4, 0x353B44),
    PLAIN(0x6B7280, 0xB4BCC8),
    FIRST(0x0072B2, 0x56B4E9),
    SECOND(0xD55E00, 0xF5945C),
    REFERENCE(0x00875F, 0x3FCF9F),
    HELPS(0x1A7F37, 0x4AC26B),
    HURTS(0xCF222E, 0xFF7B72),
    UNTOLD(0x7A828C, 0x8B949E);

    private final int light;
    private final int dark;

    Ink(int light, int dark) {
        this.light = light;
        this.dark = dark;
    }

    Color color() {
        return new Color(light);
    }

    /** Lets what is behind shine through; alpha from 0, invisible, to 255. */
    Color color(int alpha) {
        return new Color(light >> 16, (light >> 8) & 0xFF, light & 0xFF, alpha);
    }

    private String variable() {
        return "--" + name().toLowerCase(Locale.ROOT);
    }

    /** The variables for both kinds of screens. */
    static String css() {
        StringBuilder bright = new StringBuilder();
        StringBuilder night = new StringBuilder();
        for (Ink ink : values()) {
            bright.append("%s:#%06x;".formatted(ink.variable(), ink.light));
            night.append("%s:#%06x;".formatted(ink.variable(), ink.dark));
        }
        return ":root{color-scheme:light dark;%s}%n@media (prefers-color-scheme:dark){:root{%s}}%n"
                .formatted(bright, night);
    }

    /** The drawing with variables in the place of colours. */
    static String themed(String svg) {
        String themed = svg;
        for (Ink ink : values()) {
            Color color = ink.color();
            String rgb =
                    "rgb(%d,%d,%d)".formatted(color.getRed(), color.getGreen(), color.getBlue());
            themed = themed.replace(rgb, "var(" + ink.variable() + ")");
        }
        return themed;
    }
}
