package org.ogm4j.study.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {

    private static double[] sine(int length) {
        double[] sine = new double[length];
        for (int n = 0; n < length; n++) {
            sine[n] = 0.3 * Math.sin(0.1 * n) + 0.05;
        }
        return sine;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-30, -12, -6, 0, 3.5, 20, 60})
    void theRatioMeasuredIsTheRatioAskedFor(double snr) {
        for (int length : new int[] {1, 2, 100, 11_520}) {
            double[] signal = sine(length);
            double[] noisy = new Noise(snr, 4).add(signal, "audio", "clip");

            double signalPower = 0;
            double noisePower = 0;
            for (int n = 0; n < length; n++) {
                signalPower += signal[n] * signal[n];
                noisePower += (noisy[n] - signal[n]) * (noisy[n] - signal[n]);
            }

            assertEquals(snr, 10 * Math.log10(signalPower / noisePower), 1e-6);
        }
    }

    @Test
    void followsFromSeedModalityAndIdAlone() {
        double[] signal = sine(50);
        double[] noisy = new Noise(0, 1).add(signal, "a", "x");

        assertArrayEquals(noisy, new Noise(0, 1).add(signal, "a", "x"));
        assertFalse(Arrays.equals(noisy, new Noise(0, 2).add(signal, "a", "x")));
        assertFalse(Arrays.equals(noisy, new Noise(0, 1).add(signal, "b", "x")));
        assertFalse(Arrays.equals(noisy, new Noise(0, 1).add(signal, "a", "y")));
    }

    /** The same noise at another ratio, only louder: the dial does not draw anew. */
    @Test
    void anotherRatioScalesTheSameNoise() {
        double[] signal = sine(50);
        double[] quiet = new Noise(20, 1).add(signal, "a", "x");
        double[] loud = new Noise(0, 1).add(signal, "a", "x");
        for (int n = 0; n < 50; n++) {
            assertEquals(10 * (quiet[n] - signal[n]), loud[n] - signal[n], 1e-12);
        }
    }

    /**
     * 200 clips of 500 numbers. Of white Gaussian noise the mean, the correlation of neighbours and
     * of the same place in the next clip have a deviation of 1/sqrt(N), the fourth moment of
     * sqrt(96/N): outside 5 deviations with probability 6e-7 each.
     */
    @Test
    void isWhiteAndGaussian() {
        int clips = 200;
        int length = 500;
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        double[][] z = new double[clips][];
        for (int c = 0; c < clips; c++) {
            z[c] = new Noise(0, 3).add(ones, "a", "clip" + c);
        }
        double mean = 0;
        double neighbours = 0;
        double next = 0;
        double fourth = 0;
        for (int c = 0; c < clips; c++) {
            for (int n = 0; n < length; n++) {
                double x = z[c][n] - 1;
                mean += x;
                fourth += x * x * x * x;
                neighbours += x * (z[c][(n + 1) % length] - 1);
                next += x * (z[(c + 1) % clips][n] - 1);
            }
        }
        double count = clips * (double) length;
        double limit = 5 / Math.sqrt(count);
        assertEquals(0, mean / count, limit);
        assertEquals(0, neighbours / count, limit);
        assertEquals(0, next / count, limit);
        assertEquals(3, fourth / count, 5 * Math.sqrt(96 / count) + 3 * 2.0 / length);
    }

    @Test
    void silenceStaysSilenceAndTheSignalIsNotChanged() {
        double[] silence = new double[10];
        assertArrayEquals(new double[10], new Noise(0, 1).add(silence, "a", "x"));
        double[] signal = sine(10);
        new Noise(0, 1).add(signal, "a", "x");
        assertArrayEquals(sine(10), signal);
    }

    /** Published values of 64-bit FNV-1a. */
    @Test
    void theHashIsFnv1a() {
        assertEquals(0xcbf29ce484222325L, Noise.fnv1a(""));
        assertEquals(0xaf63dc4c8601ec8cL, Noise.fnv1a("a"));
        assertEquals(0x85944171f73967e8L, Noise.fnv1a("foobar"));
    }

    @Test
    void theRatioMustBeFinite() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertTrue(
                    assertThrows(IllegalArgumentException.class, () -> new Noise(bad, 1))
                            .getMessage()
                            .startsWith("snr must be a finite number of dB"));
        }
    }
}
