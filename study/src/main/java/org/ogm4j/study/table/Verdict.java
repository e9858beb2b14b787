package org.ogm4j.study.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ogm4j.study.stats.Estimate;

/** What the fused answer says about a method on some data, against the baseline in equal runs. */
public enum Verdict {

    /** The 95 % interval of the difference lies above 0. */
    HELPS("helps"),

    /** The interval holds 0. */
    UNDECIDED("no difference that can be told"),

    /** The interval lies below 0. */
    HURTS("hurts"),

    /** There is no interval. */
    UNKNOWN("too few runs to say anything");

    private final String inWords;

    Verdict(String inWords) {
        this.inWords = inWords;
    }

    /** For the eye. */
    String inWords() {
        return inWords;
    }

    /** On a difference. */
    public static Verdict of(Estimate difference) {
        if (!difference.hasInterval()) {
            return UNKNOWN;
        }
        if (difference.low() > 0) {
            return HELPS;
        }
        return difference.high() < 0 ? HURTS : UNDECIDED;
    }

    /** The differences of the methods that train several modalities. */
    public static List<Summary> differences(List<Summary> rows, String data) {
        return rows.stream()
                .filter(row -> row.data().equals(data) && row.metric().equals(Metric.FUSED))
                .filter(row -> row.difference() != null && row.difference().n() > 0)
                .filter(Summary::isRival)
                .toList();
    }

    /** One line for each verdict that a method has. */
    static List<String> inWords(List<Summary> rows, String data) {
        List<Summary> differences = differences(rows, data);
        List<String> lines = new ArrayList<>();
        for (Verdict verdict : values()) {
            String methods =
                    differences.stream()
                            .filter(row -> of(row.difference()) == verdict)
                            .map(
                                    row ->
                                            "%s (%s)"
                                                    .formatted(
                                                            row.method(),
                                                            Words.number(
                                                                    "%+.1f",
                                                                    100 * row.difference().mean())))
                            .collect(Collectors.joining(", "));
            if (!methods.isEmpty()) {
                lines.add(verdict.inWords() + ": " + methods);
            }
        }
        return lines;
    }
}
