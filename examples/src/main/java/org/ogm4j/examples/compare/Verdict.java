package org.ogm4j.examples.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ogm4j.examples.compare.Summary.Setting;
import org.ogm4j.examples.training.Method;

/**
 * What the fused accuracy says about a method in one setting, against plain training on equal
 * seeds.
 */
enum Verdict {

    /** The 95 % interval of the difference lies above 0. */
    HELPS("helps"),

    /** The interval holds 0. */
    UNDECIDED("no difference that can be told"),

    /** The interval lies below 0. */
    HURTS("hurts");

    private final String inWords;

    Verdict(String inWords) {
        this.inWords = inWords;
    }

    /** For the eye. */
    String inWords() {
        return inWords;
    }

    /** On a difference of at least two seeds. */
    static Verdict of(Estimate difference) {
        if (difference.low() > 0) {
            return HELPS;
        }
        return difference.high() < 0 ? HURTS : UNDECIDED;
    }

    /** The differences in fused accuracy of the methods that train both modalities. */
    static List<Summary> differences(List<Summary> rows, Setting setting) {
        List<String> alone =
                Stream.of(Method.AUDIO_ONLY, Method.VISUAL_ONLY).map(Method::toString).toList();
        return rows.stream()
                .filter(row -> row.setting().equals(setting) && row.metric() == Metric.FUSED)
                .filter(row -> row.difference() != null && row.difference().n() > 1)
                .filter(row -> !alone.contains(row.method()))
                .toList();
    }

    /** One line for each verdict that a method of the setting has. */
    static List<String> inWords(List<Summary> rows, Setting setting) {
        List<Summary> differences = differences(rows, setting);
        List<String> lines = new ArrayList<>();
        for (Verdict verdict : values()) {
            String methods =
                    differences.stream()
                            .filter(row -> of(row.difference()) == verdict)
                            .map(
                                    row ->
                                            String.format(
                                                    Locale.ROOT,
                                                    "%s (%+.1f)",
                                                    row.method(),
                                                    100 * row.difference().mean()))
                            .collect(Collectors.joining(", "));
            if (!methods.isEmpty()) {
                lines.add(verdict.inWords() + ": " + methods);
            }
        }
        return lines;
    }
}
