package org.ogm4j.study.data.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpectrogramTest {

    private static final int WINDOW = 64;
    private static final int HOP = 40;
    private static final Spectrogram SPECTROGRAM = new Spectrogram(WINDOW, HOP);

    @Test
    void oneSecondOfSpeechHas129BinsAnd49Frames() {
        assertEquals(129, Spectrogram.SPEECH.bins());
        assertEquals(49, Spectrogram.SPEECH.frames(8000));
        assertEquals(0, Spectrogram.SPEECH.frames(255));
        assertEquals(1, Spectrogram.SPEECH.frames(256));
    }

    @Test
    void equalsTheDefinition() {
        float[] signal = noise(200);
        int frames = SPECTROGRAM.frames(signal.length);

        float[] power = SPECTROGRAM.power(signal);

        assertEquals(33 * frames, power.length);
        for (int t = 0; t < frames; t++) {
            for (int f = 0; f < SPECTROGRAM.bins(); f++) {
                double expected = transformedByHand(signal, t * HOP, f);
                assertEquals(expected, power[f * frames + t], 1e-5 * (1 + expected));
            }
        }
    }

    @Test
    void aSinePeaksAtItsFrequency() {
        int bin = 9;
        float[] sine = new float[200];
        for (int n = 0; n < sine.length; n++) {
            sine[n] = (float) Math.sin(2 * Math.PI * bin * n / WINDOW);
        }
        int frames = SPECTROGRAM.frames(sine.length);

        float[] power = SPECTROGRAM.power(sine);

        for (int t = 0; t < frames; t++) {
            int peak = 0;
            for (int f = 1; f < SPECTROGRAM.bins(); f++) {
                peak = power[f * frames + t] > power[peak * frames + t] ? f : peak;
            }
            assertEquals(bin, peak);
            // amplitude 1 times the window's mean of 1/2, half of it at the negative frequency
            assertEquals(WINDOW / 4.0 * WINDOW / 4.0, power[bin * frames + t], 1e-3);
        }
    }

    /** Parseval: {@code sum_n (w x)^2 = 1/N sum_f |X|^2} over positive and negative frequencies. */
    @Test
    void keepsTheEnergyOfTheWindowedSignal() {
        float[] signal = noise(WINDOW);
        double energy = 0;
        for (int n = 0; n < WINDOW; n++) {
            energy += Math.pow(hann(n) * signal[n], 2);
        }

        float[] power = SPECTROGRAM.power(signal);

        double sum = power[0] + power[WINDOW / 2];
        for (int f = 1; f < WINDOW / 2; f++) {
            sum += 2 * power[f];
        }
        assertEquals(energy, sum / WINDOW, 1e-6 * energy);
    }

    @Test
    void silenceHasAFiniteLogarithm() {
        for (float value : SPECTROGRAM.logPower(new float[200])) {
            assertEquals(Math.log(4e-3), value, 1e-6);
        }
    }

    @Test
    void refusesImpossibleSizes() {
        assertThrows(IllegalArgumentException.class, () -> new Spectrogram(100, 10));
        assertThrows(IllegalArgumentException.class, () -> new Spectrogram(1, 10));
        assertThrows(IllegalArgumentException.class, () -> new Spectrogram(64, 0));
    }

    private static double transformedByHand(float[] signal, int start, int f) {
        double re = 0;
        double im = 0;
        for (int n = 0; n < WINDOW; n++) {
            double x = hann(n) * signal[start + n];
            re += x * Math.cos(2 * Math.PI * f * n / WINDOW);
            im -= x * Math.sin(2 * Math.PI * f * n / WINDOW);
        }
        return re * re + im * im;
    }

    private static double hann(int n) {
        return Math.pow(Math.sin(Math.PI * n / WINDOW), 2);
    }

    private static float[] noise(int length) {
        SplittableRandom random = new SplittableRandom(5);
        float[] noise = new float[length];
        for (int n = 0; n < length; n++) {
            noise[n] = (float) random.nextGaussian();
        }
        return noise;
    }
}
