package org.ogm4j.examples.data;

/** A spoken digit. */
public final class Recording {

    private final int digit;
    private final float[] samples;

    /**
     * @param digit what is said, 0 to 9
     * @param samples the waveform at 8 kHz, in [-1, 1]
     */
    public Recording(int digit, float[] samples) {
        this.digit = digit;
        this.samples = samples;
    }

    /** What is said, 0 to 9. */
    public int digit() {
        return digit;
    }

    /** The waveform at 8 kHz, in [-1, 1]; not a copy. */
    public float[] samples() {
        return samples;
    }
}
