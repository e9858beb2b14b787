package org.ogm4j.study.data.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogSpectrogramTest {

    private static final int WINDOW = 32;
    private static final int HOP = 12;

    private static double[] sine(int length) {
        SplittableRandom random = new SplittableRandom(3);
        double[] sine = new double[length];
        for (int n = 0; n < length; n++) {
            sine[n] = Math.sin(2 * Math.PI * 5.3 * n / WINDOW) + 0.1 * random.nextDouble();
        }
        return sine;
    }

    /** The definition, in double, of the window that begins at a sample. */
    private static double power(double[] x, int start, int f) {
        double re = 0;
        double im = 0;
        for (int n = 0; n < WINDOW; n++) {
            double w = Math.pow(Math.sin(Math.PI * n / WINDOW), 2);
            int at = start + n;
            at = at < 0 ? -at : at >= x.length ? 2 * (x.length - 1) - at : at;
            re += w * x[at] * Math.cos(2 * Math.PI * f * n / WINDOW);
            im -= w * x[at] * Math.sin(2 * Math.PI * f * n / WINDOW);
        }
        return re * re + im * im;
    }

    @Test
    void isTheLogarithmOfADftByHand() {
        double[] x = sine(100);
        float[] values = new LogSpectrogram(WINDOW, HOP, false, 0, false, 1e-3, 8000).of(x);

        int frames = 1 + (100 - WINDOW) / HOP;
        assertEquals(17 * frames, values.length);
        for (int f = 0; f < 17; f++) {
            for (int t = 0; t < frames; t++) {
                assertEquals(Math.log(power(x, t * HOP, f) + 1e-3), values[f * frames + t], 1e-5);
            }
        }
    }

    @Test
    void orOfMagnitudesUnderCentredWindowsOfTheMirroredSignal() {
        double[] x = sine(100);
        float[] values = new LogSpectrogram(WINDOW, HOP, true, 0, true, 1e-3, 8000).of(x);

        int frames = 1 + 100 / HOP;
        assertEquals(17 * frames, values.length);
        for (int f = 0; f < 17; f++) {
            for (int t = 0; t < frames; t++) {
                double expected = Math.log(Math.sqrt(power(x, t * HOP - WINDOW / 2, f)) + 1e-3);
                assertEquals(expected, values[f * frames + t], 1e-4);
            }
        }
    }

    /** By the inverse: the weight of a frequency is where it lies between two corners. */
    @Test
    void melBandsAreTriangles() {
        double[] x = sine(WINDOW);
        int bands = 6;
        float[] values = new LogSpectrogram(WINDOW, HOP, false, bands, false, 1e-3, 8000).of(x);

        double[] corners = new double[bands + 2];
        for (int c = 0; c < corners.length; c++) {
            double mel = 2595 * Math.log10(1 + 4000 / 700.0) * c / (bands + 1);
            corners[c] = 700 * (Math.pow(10, mel / 2595) - 1);
        }
        double[] sums = new double[bands];
        for (int f = 0; f < 17; f++) {
            double hertz = 250.0 * f;
            int below = 0;
            while (below < bands && corners[below + 1] <= hertz) {
                below++;
            }
            double part = (hertz - corners[below]) / (corners[below + 1] - corners[below]);
            if (below < bands) {
                sums[below] += part * power(x, 0, f);
            }
            if (below > 0) {
                sums[below - 1] += (1 - part) * power(x, 0, f);
            }
        }
        assertEquals(bands, values.length);
        for (int b = 0; b < bands; b++) {
            assertEquals(Math.log(sums[b] + 1e-3), values[b], 1e-4, "band " + b);
        }
    }

    @Test
    void refusesBandsWithoutAFrequency() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new LogSpectrogram(32, 16, false, 40, false, 1e-3, 16_000));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LogSpectrogram(32, 16, false, 0, false, 0, 16_000));
    }

    @Test
    void waveformsGetLoudnessAndLength() {
        double[] x = {1, -1, 3};
        double[] loud = Waveform.loud(x, 0.1);
        assertEquals(
                0.1,
                Math.sqrt((loud[0] * loud[0] + loud[1] * loud[1] + loud[2] * loud[2]) / 3),
                1e-12);
        assertEquals(-3, loud[2] / loud[1], 1e-12);
        assertArrayEquals(new double[2], Waveform.loud(new double[2], 0.1));
        assertArrayEquals(new double[] {0, 1, -1, 3, 0, 0}, Waveform.centred(x, 6));
        assertArrayEquals(new double[] {-1}, Waveform.centred(x, 1));
        assertArrayEquals(new double[] {1, -1, 3, 1, -1}, Waveform.repeated(x, 5));
        assertArrayEquals(new double[] {3, -1, 1, -1, 3, -1, 1}, Waveform.mirrored(x, 2));
    }
}
