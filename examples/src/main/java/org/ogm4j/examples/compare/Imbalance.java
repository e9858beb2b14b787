package org.ogm4j.examples.compare;

import java.util.Locale;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.signal.NoiseLevels;

/**
 * How far the leading modality is ahead, by a schedule of its noise: sound leads in the shipped
 * digits, with a signal-to-noise ratio of 0, 5 and 20 dB beside pictures with noise of 0.4;
 * pictures lead in the real ones, with noise of 0.8, 0.4 and 0.1 beside sound at 15 dB.
 *
 * <p>They are schedules, not tuned for any method and not on test data. They were laid out by
 * networks of one modality, {@code audio-only} and {@code visual-only}, on the validation split
 * (one seed, 6 epochs, at most 2,000 pictures). Shipped digits: sound alone was right in 62, 69 and
 * 79 %, pictures in 61 %. Real digits: pictures alone 72, 82 and 88 %, sound 72 %.
 */
public enum Imbalance {

    /** Each modality alone is about as good as the other. */
    BALANCED(0, 0.8),

    /** The leader alone is better by about 8 to 10 points. */
    MEDIUM(5, 0.4),

    /** The leader alone is better by about 16 to 18 points. */
    STRONG(20, 0.1);

    private static final double SHIPPED_IMAGE_NOISE = 0.4;
    private static final double REAL_AUDIO_SNR = 15;

    private final double shippedAudioSnr;
    private final double realImageNoise;

    Imbalance(double shippedAudioSnr, double realImageNoise) {
        this.shippedAudioSnr = shippedAudioSnr;
        this.realImageNoise = realImageNoise;
    }

    /** What the signals get. */
    public NoiseLevels noise(DataFormat format) {
        return format == DataFormat.DIGITS
                ? new NoiseLevels(shippedAudioSnr, SHIPPED_IMAGE_NOISE)
                : new NoiseLevels(REAL_AUDIO_SNR, realImageNoise);
    }

    /** The noise, in words. */
    String note(DataFormat format) {
        return String.format(
                Locale.ROOT,
                "Sound at a signal-to-noise ratio of %.0f dB, pictures with noise of %.1f.",
                noise(format).audioSnr(),
                noise(format).imageNoise());
    }

    /** The name of a format's data at this imbalance. */
    String of(DataFormat format) {
        return format + " " + this;
    }

    /** The name on the command line and in the files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
