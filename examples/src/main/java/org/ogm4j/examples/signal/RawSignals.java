package org.ogm4j.examples.signal;

import java.util.random.RandomGenerator;

/** What happens to raw signals before anything is computed from them. */
final class RawSignals {

    /** One second at 8 kHz. */
    static final int LENGTH = 8000;

    /** Root mean square of every recording after {@link #normalized}. */
    static final double LOUDNESS = 0.1;

    private RawSignals() {}

    /** A recording scaled to the common loudness; silence stays silence. */
    static float[] normalized(float[] samples) {
        double energy = 0;
        for (float x : samples) {
            energy += x * x;
        }
        double rms = Math.sqrt(energy / samples.length);
        float gain = rms > 0 ? (float) (LOUDNESS / rms) : 1;
        float[] scaled = samples.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= gain;
        }
        return scaled;
    }

    /** Exactly one second: the sound in the middle of silence, or the middle of a longer sound. */
    static float[] oneSecond(float[] samples) {
        float[] second = new float[LENGTH];
        int length = Math.min(samples.length, LENGTH);
        int from = (samples.length - length) / 2;
        int to = (LENGTH - length) / 2;
        System.arraycopy(samples, from, second, to, length);
        return second;
    }

    /** A new array, {@code x + sigma z} with z standard normal. */
    static float[] withGaussianNoise(float[] values, double sigma, RandomGenerator random) {
        float[] noisy = values.clone();
        if (sigma > 0) {
            for (int i = 0; i < noisy.length; i++) {
                noisy[i] += (float) (sigma * random.nextGaussian());
            }
        }
        return noisy;
    }
}
