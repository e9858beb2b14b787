package org.ogm4j.examples.compare;

import java.util.Locale;

/** What of a run is compared, each a share in [0, 1] on the test split. */
enum Metric {
    FUSED("fused"),
    AUDIO("audio alone"),
    VISUAL("visual alone"),
    FUSED_F1("F1 fused"),
    AUDIO_F1("F1 audio"),
    VISUAL_F1("F1 visual");

    private final String title;

    Metric(String title) {
        this.title = title;
    }

    /** Over a column for the eye. */
    String title() {
        return title;
    }

    /** The value of a run; NaN if its network gives no such answer. */
    double of(RunRecord run) {
        return switch (this) {
            case FUSED -> run.accuracy().fused();
            case AUDIO -> run.accuracy().audio();
            case VISUAL -> run.accuracy().visual();
            case FUSED_F1 -> run.macroF1().fused();
            case AUDIO_F1 -> run.macroF1().audio();
            case VISUAL_F1 -> run.macroF1().visual();
        };
    }

    /** The name in files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
