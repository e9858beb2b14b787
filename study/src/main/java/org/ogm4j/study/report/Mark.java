package org.ogm4j.examples.compare;

import org.ogm4j.examples.compare.html.Ink;

/** How a {@link Verdict} looks in the report; one more for differences without an interval. */
enum Mark {
    HELPS("helps", "▲", Ink.HELPS),
    UNDECIDED("undecided", "○", Ink.UNTOLD),
    HURTS("hurts", "▼", Ink.HURTS),
    UNKNOWN("too few seeds", "?", Ink.UNTOLD);

    private final String word;
    private final String sign;
    private final Ink ink;

    Mark(String word, String sign, Ink ink) {
        this.word = word;
        this.sign = sign;
        this.ink = ink;
    }

    /** Unknown below two seeds, else by the verdict. */
    static Mark of(Estimate difference) {
        if (difference.n() < 2) {
            return UNKNOWN;
        }
        return switch (Verdict.of(difference)) {
            case HELPS -> HELPS;
            case UNDECIDED -> UNDECIDED;
            case HURTS -> HURTS;
        };
    }

    String word() {
        return word;
    }

    /** With a sign that can be told without colours. */
    String signed() {
        return sign + " " + word;
    }

    Ink ink() {
        return ink;
    }
}
