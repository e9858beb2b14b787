package org.ogm4j.study.data.sound;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Band-limited interpolation with a windowed sinc: {@code y[j] = sum_k x[k] h(j from/to - k)}, with
 * {@code h(t) = c sinc(c t) kaiser(t)}, {@code c = rolloff min(1, to/from)}, and zeros beyond both
 * ends of x.
 *
 * <p>The window reaches over 64 zeros of the sinc on either side, roll-off and shape are those of
 * the filter {@code kaiser_best} that librosa 0.8 and 0.9 resample with. Every one of the {@code
 * to/gcd} phases has its own taps, which sum up to 1, so that a constant stays what it is.
 *
 * @see <a href="https://ccrma.stanford.edu/~jos/resample/">Smith: Digital Audio Resampling</a>
 * @since 0.1.0
 */
public final class Resampler {

    private static final int ZEROS = 64;
    private static final int MOST = 1 << 29;
    private static final double ROLL_OFF = 0.9475937167399596;
    private static final double BETA = 14.769656459379492;

    private static final Map<Long, Resampler> KNOWN = new ConcurrentHashMap<>();

    private final int up;
    private final int down;
    private final int reach;
    private final float[][] taps;

    /**
     * The resampler between two rates, whose filter is computed once.
     *
     * @param from the rate of what is given, in Hz, positive
     * @param to the rate of what is wanted, in Hz, positive
     * @return the same one each time
     */
    public static Resampler between(int from, int to) {
        return KNOWN.computeIfAbsent(((long) from << 32) | to, key -> new Resampler(from, to));
    }

    /**
     * Computes the filter.
     *
     * @param from the rate of what is given, in Hz, positive
     * @param to the rate of what is wanted, in Hz, positive
     */
    public Resampler(int from, int to) {
        if (from < 1 || to < 1) {
            throw new IllegalArgumentException(
                    "rates must be positive, got %d and %d".formatted(from, to));
        }
        int divisor = gcd(from, to);
        this.up = to / divisor;
        this.down = from / divisor;
        double cutoff = ROLL_OFF * Math.min(1, (double) to / from);
        double halfWidth = ZEROS / cutoff;
        this.reach = (int) Math.ceil(halfWidth);
        this.taps = new float[up][];
        for (int phase = 0; phase < up; phase++) {
            taps[phase] = taps((double) phase / up, cutoff, halfWidth);
        }
    }

    /**
     * A waveform at the new rate.
     *
     * @param samples at the old rate
     * @return {@code ceil(length to/from)} samples; the array given if the rates are equal
     * @throws IllegalArgumentException if that is more than an array holds
     */
    public float[] resample(float[] samples) {
        if (up == down) {
            return samples;
        }
        long needed = ((long) samples.length * up + down - 1) / down;
        if (needed > MOST) {
            throw new IllegalArgumentException(
                    "%d samples are too many to be resampled: %d would come of them"
                            .formatted(samples.length, needed));
        }
        int length = (int) needed;
        float[] resampled = new float[length];
        for (int j = 0; j < length; j++) {
            long position = (long) j * down;
            int first = (int) (position / up) - reach;
            float[] filter = taps[(int) (position % up)];
            int start = Math.max(0, -first);
            int end = Math.min(filter.length, samples.length - first);
            double sum = 0;
            for (int i = start; i < end; i++) {
                sum += samples[first + i] * filter[i];
            }
            resampled[j] = (float) sum;
        }
        return resampled;
    }

    /** The filter at {@code fraction + reach - i}, for the 2 reach + 1 samples around a place. */
    private float[] taps(double fraction, double cutoff, double halfWidth) {
        double[] values = new double[2 * reach + 1];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double t = fraction + reach - i;
            values[i] = sinc(cutoff * t) * kaiser(t / halfWidth);
            sum += values[i];
        }
        float[] normalized = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            normalized[i] = (float) (values[i] / sum);
        }
        return normalized;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
    }

    /** The modified Bessel function of the first kind, {@code I_0(x) = sum_k ((x/2)^k / k!)^2}. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
