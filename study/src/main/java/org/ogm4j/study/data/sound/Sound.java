package org.ogm4j.study.data.sound;

/**
 * A waveform of one channel.
 *
 * @since 0.1.0
 */
public final class Sound {

    private final int rate;
    private final double[] samples;

    /**
     * Puts a waveform together.
     *
     * @param rate samples per second, positive
     * @param samples in [-1, 1]; not copied
     */
    public Sound(int rate, double[] samples) {
        this.rate = rate;
        this.samples = samples;
    }

    /**
     * Samples per second.
     *
     * @return the rate in Hz
     */
    public int rate() {
        return rate;
    }

    /**
     * The waveform.
     *
     * @return not a copy
     */
    public double[] samples() {
        return samples;
    }

    /**
     * The waveform in single precision.
     *
     * @return a new array
     */
    public float[] floats() {
        float[] floats = new float[samples.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) samples[i];
        }
        return floats;
    }
}
