package org.ogm4j.study.data.sound;

import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * Short-time Fourier transform with a Hann window: {@code S[f, t] = |sum_n w[n] x[t hop + n] exp(-2
 * pi i f n / window)|^2}, for f = 0 to window/2, with {@code w[n] = 0.5 - 0.5 cos(2 pi n /
 * window)}.
 *
 * @since 0.1.0
 */
public final class Spectrogram {

    /** 32 ms windows every 20 ms at 8 kHz; bins 31.25 Hz apart. */
    public static final Spectrogram SPEECH = new Spectrogram(256, 160);

    /** Keeps the logarithm finite in silence; 60 dB below a full-scale sine's windowed power. */
    private static final double FLOOR = 4e-3;

    private static final int LARGEST = 1 << 20;

    private final int hop;
    private final double[] window;

    /**
     * A transform of this size.
     *
     * @param window samples per window, a power of two
     * @param hop samples from one window to the next, positive
     * @throws IllegalArgumentException if window is no power of two from 2 to 2^20, or hop is not
     *     positive
     */
    public Spectrogram(int window, int hop) {
        if (Integer.bitCount(window) != 1 || window < 2 || window > LARGEST) {
            throw new IllegalArgumentException(
                    "window must be a power of two from 2 to 2^20, got " + window);
        }
        if (hop < 1) {
            throw new IllegalArgumentException("hop must be positive, got " + hop);
        }
        this.hop = hop;
        this.window = hann(window);
    }

    /**
     * How many frequencies, {@code window/2 + 1}.
     *
     * @return the number of bins
     */
    public int bins() {
        return window.length / 2 + 1;
    }

    /**
     * How many windows fit into so many samples.
     *
     * @param samples the length of a signal
     * @return the number of frames
     */
    public int frames(int samples) {
        return samples < window.length ? 0 : 1 + (samples - window.length) / hop;
    }

    /**
     * The power of every bin and frame.
     *
     * @param samples the signal
     * @return {@code [bins * frames]}, one row of frames per bin
     */
    public float[] power(float[] samples) {
        double[] doubles = new double[samples.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = samples[i];
        }
        return power(doubles);
    }

    /**
     * The power of every bin and frame, of a signal in double precision.
     *
     * @param samples the signal
     * @return {@code [bins * frames]}, one row of frames per bin
     */
    public float[] power(double[] samples) {
        int frames = frames(samples.length);
        float[] power = new float[bins() * frames];
        for (int t = 0; t < frames; t++) {
            double[][] spectrum = transform(samples, t * hop);
            for (int f = 0; f < bins(); f++) {
                double re = spectrum[0][f];
                double im = spectrum[1][f];
                power[f * frames + t] = (float) (re * re + im * im);
            }
        }
        return power;
    }

    /**
     * The natural logarithm of {@link #power(float[])}, with a floor of 4e-3 added, same layout.
     *
     * @param samples the signal
     * @return {@code [bins * frames]}, one row of frames per bin
     */
    public float[] logPower(float[] samples) {
        float[] power = power(samples);
        for (int i = 0; i < power.length; i++) {
            power[i] = (float) Math.log(power[i] + FLOOR);
        }
        return power;
    }

    private double[][] transform(double[] samples, int start) {
        double[][] realAndImaginary = new double[2][window.length];
        for (int n = 0; n < window.length; n++) {
            realAndImaginary[0][n] = window[n] * samples[start + n];
        }
        FastFourierTransformer.transformInPlace(
                realAndImaginary, DftNormalization.STANDARD, TransformType.FORWARD);
        return realAndImaginary;
    }

    private static double[] hann(int length) {
        double[] window = new double[length];
        for (int n = 0; n < length; n++) {
            window[n] = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / length);
        }
        return window;
    }
}
