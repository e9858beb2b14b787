package org.ogm4j.study.data.sound;

import java.util.Arrays;

/** What happens to a waveform before its spectrogram is taken. Nothing is changed in place. */
public final class Waveform {

    private Waveform() {}

    /**
     * At a common loudness; silence stays silence.
     *
     * @param samples a signal
     * @param rootMeanSquare what it has afterwards
     * @return a new array
     */
    public static double[] loud(double[] samples, double rootMeanSquare) {
        double energy = 0;
        for (double x : samples) {
            energy += x * x;
        }
        double rms = Math.sqrt(energy / samples.length);
        double gain = rms > 0 ? rootMeanSquare / rms : 1;
        return Arrays.stream(samples).map(x -> gain * x).toArray();
    }

    /**
     * Of exactly this length: the signal in the middle of silence, or the middle of a longer one.
     *
     * @param samples a signal
     * @param length wanted
     * @return a new array
     */
    public static double[] centred(double[] samples, int length) {
        double[] whole = new double[length];
        int common = Math.min(samples.length, length);
        System.arraycopy(
                samples, (samples.length - common) / 2, whole, (length - common) / 2, common);
        return whole;
    }

    /**
     * Of exactly this length: the signal over and over again, cut at the end.
     *
     * @param samples a signal, not empty
     * @param length wanted
     * @return a new array
     */
    public static double[] repeated(double[] samples, int length) {
        double[] whole = new double[length];
        for (int i = 0; i < length; i++) {
            whole[i] = samples[i % samples.length];
        }
        return whole;
    }

    /**
     * Cut off at full scale.
     *
     * @param samples a signal
     * @return a new array, in [-1, 1]
     */
    public static double[] limited(double[] samples) {
        return Arrays.stream(samples).map(x -> Math.max(-1, Math.min(1, x))).toArray();
    }

    /**
     * With margins that mirror the signal; its first and last sample are not repeated.
     *
     * @param samples a signal longer than the margin
     * @param margin samples at either end
     * @return a new array
     */
    static double[] mirrored(double[] samples, int margin) {
        int length = samples.length;
        double[] padded = new double[length + 2 * margin];
        System.arraycopy(samples, 0, padded, margin, length);
        for (int i = 1; i <= margin; i++) {
            padded[margin - i] = samples[i];
            padded[margin + length - 1 + i] = samples[length - 1 - i];
        }
        return padded;
    }
}
