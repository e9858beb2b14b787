package org.ogm4j.examples.compare;

import java.util.Locale;

/** What of a run is compared: on the test split, after the last epoch. */
enum Metric {
    FUSED("fused", 100),
    AUDIO("audio alone", 100),
    VISUAL("visual alone", 100),
    FUSED_F1("F1 fused", 100),
    AUDIO_F1("F1 audio", 100),
    VISUAL_F1("F1 visual", 100),
    AUDIO_PROBE("audio probe", 100),
    VISUAL_PROBE("visual probe", 100),

    /** The probe's accuracy minus that of the network of this modality alone, on equal seeds. */
    AUDIO_GAP("audio gap", 100),
    VISUAL_GAP("visual gap", 100),
    AUDIO_SHAPLEY("audio Shapley", 100),
    VISUAL_SHAPLEY("visual Shapley", 100),
    AUDIO_RATIO("ratio audio", 1),
    VISUAL_RATIO("ratio visual", 1),
    STEP_MILLIS("ms per step", 1),

    /** Time per step over plain's on equal seeds, minus 1. */
    OVERHEAD("time over plain", 100),
    PEAK_MEGABYTES("peak MB", 1);

    private final String title;
    private final double scale;

    Metric(String title, double scale) {
        this.title = title;
        this.scale = scale;
    }

    /** Over a column for the eye. */
    String title() {
        return title;
    }

    /** What a value is multiplied with for the eye: shares are shown in %. */
    double scale() {
        return scale;
    }

    /**
     * The value of a run; NaN if its network gives no such answer or a run that it is compared with
     * is not there.
     */
    double of(RunRecord run, References others) {
        return switch (this) {
            case FUSED -> run.accuracy().fused();
            case AUDIO -> run.accuracy().audio();
            case VISUAL -> run.accuracy().visual();
            case FUSED_F1 -> run.macroF1().fused();
            case AUDIO_F1 -> run.macroF1().audio();
            case VISUAL_F1 -> run.macroF1().visual();
            case AUDIO_PROBE -> run.linearProbe().audio();
            case VISUAL_PROBE -> run.linearProbe().visual();
            case AUDIO_GAP -> run.linearProbe().audio() - others.audioOnly(run);
            case VISUAL_GAP -> run.linearProbe().visual() - others.visualOnly(run);
            case AUDIO_SHAPLEY -> run.shapley().audio();
            case VISUAL_SHAPLEY -> run.shapley().visual();
            case AUDIO_RATIO -> run.meanRatioAudio();
            case VISUAL_RATIO -> run.meanRatioVisual();
            case STEP_MILLIS -> 1e3 * run.cost().secondsPerStep();
            case OVERHEAD -> run.cost().secondsPerStep() / others.plainSecondsPerStep(run) - 1;
            case PEAK_MEGABYTES -> run.cost().peakBytes() / 1e6;
        };
    }

    /** The name in files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
