package org.ogm4j.study.data.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {

    private static final int TO = 22_050;

    /** Samples at either end that see the silence beyond it. */
    private static final int EDGE = 200;

    /** Pointwise, so frequency, phase and amplitude are kept. */
    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 16_000, 44_100, 48_000})
    void aSineStaysThatSine(int from) {
        int samples = from / 4;
        float[] sine = sine(1000, from, samples, 0.5);

        float[] resampled = new Resampler(from, TO).resample(sine);

        assertEquals((int) Math.ceil((double) samples * TO / from), resampled.length);
        for (int j = EDGE; j < resampled.length - EDGE; j++) {
            assertEquals(0.5 * Math.sin(2 * Math.PI * 1000 * j / TO), resampled[j], 1e-5);
        }
    }

    @Test
    void aToneAboveTheNewLimitVanishes() {
        float[] resampled = new Resampler(48_000, TO).resample(sine(13_000, 48_000, 12_000, 1));

        for (int j = EDGE; j < resampled.length - EDGE; j++) {
            assertEquals(0, resampled[j], 1e-5);
        }
    }

    @Test
    void aConstantStaysConstant() {
        float[] constant = new float[2000];
        Arrays.fill(constant, 0.25f);

        float[] resampled = new Resampler(16_000, TO).resample(constant);

        for (int j = EDGE; j < resampled.length - EDGE; j++) {
            assertEquals(0.25f, resampled[j], 1e-6);
        }
    }

    @Test
    void theSameRateChangesNothing() {
        float[] samples = {1, 2, 3};

        assertSame(samples, new Resampler(TO, TO).resample(samples));
    }

    @Test
    void aSoundShorterThanTheFilterIsResampled() {
        assertEquals(2, new Resampler(16_000, TO).resample(new float[] {1}).length);
    }

    @Test
    void refusesImpossibleRates() {
        assertThrows(IllegalArgumentException.class, () -> new Resampler(0, TO));
        assertThrows(IllegalArgumentException.class, () -> new Resampler(TO, -1));
    }

    private static float[] sine(double frequency, int rate, int samples, double amplitude) {
        float[] sine = new float[samples];
        for (int n = 0; n < samples; n++) {
            sine[n] = (float) (amplitude * Math.sin(2 * Math.PI * frequency * n / rate));
        }
        return sine;
    }
}
