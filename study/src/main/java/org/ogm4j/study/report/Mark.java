package org.ogm4j.study.report;

import org.ogm4j.study.html.Ink;
import org.ogm4j.study.stats.Estimate;
import org.ogm4j.study.table.Verdict;

/** How a {@link Verdict} looks in the report and in charts. */
public enum Mark {
    HELPS("helps", "▲", Ink.HELPS),
    UNDECIDED("undecided", "○", Ink.UNTOLD),
    HURTS("hurts", "▼", Ink.HURTS),
    UNKNOWN("too few runs", "?", Ink.UNTOLD);

    private final String word;
    private final String sign;
    private final Ink ink;

    Mark(String word, String sign, Ink ink) {
        this.word = word;
        this.sign = sign;
        this.ink = ink;
    }

    /** On a difference. */
    public static Mark of(Estimate difference) {
        return valueOf(Verdict.of(difference).name());
    }

    String word() {
        return word;
    }

    /** With a sign that can be told without colours. */
    String signed() {
        return sign + " " + word;
    }

    /** Its colour in charts. */
    public Ink ink() {
        return ink;
    }
}
