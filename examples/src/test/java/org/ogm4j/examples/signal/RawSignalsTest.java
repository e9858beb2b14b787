package org.ogm4j.examples.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RawSignalsTest {

    @Test
    void aShortSoundLiesInTheMiddleOfSilence() {
        float[] second = RawSignals.oneSecond(new float[] {1, 2, 3, 4});

        assertEquals(8000, second.length);
        assertEquals(0f, second[3997]);
        assertEquals(1f, second[3998]);
        assertEquals(4f, second[4001]);
        assertEquals(0f, second[4002]);
    }

    @Test
    void aLongSoundKeepsItsMiddle() {
        float[] sound = new float[9000];
        sound[500] = 1;
        sound[8499] = 2;

        float[] second = RawSignals.oneSecond(sound);

        assertEquals(8000, second.length);
        assertEquals(1f, second[0]);
        assertEquals(2f, second[7999]);
    }

    @Test
    void everyRecordingGetsTheSameLoudness() {
        assertArrayEquals(
                new float[] {0.1f, -0.1f}, RawSignals.normalized(new float[] {3, -3}), 1e-7f);
        assertArrayEquals(new float[2], RawSignals.normalized(new float[2]));
    }

    /** The sample's standard deviation errs by sigma / sqrt(2n); 5 such errors are allowed. */
    @Test
    void theNoiseHasTheRatioAskedFor() {
        int n = 100_000;
        double sigma = new NoiseLevels(20, 0).audioSigma();

        float[] noise = RawSignals.withGaussianNoise(new float[n], sigma, new SplittableRandom(3));

        double squares = 0;
        for (float x : noise) {
            squares += x * x;
        }
        assertEquals(0.01, Math.sqrt(squares / n), 5 * 0.01 / Math.sqrt(2.0 * n));
    }

    @Test
    void noNoiseChangesNothing() {
        float[] values = {1, 2, 3};

        float[] same =
                RawSignals.withGaussianNoise(
                        values,
                        new NoiseLevels(Double.POSITIVE_INFINITY, 0).audioSigma(),
                        new SplittableRandom(3));

        assertArrayEquals(values, same);
    }

    @Test
    void refusesImpossibleLevels() {
        assertThrows(IllegalArgumentException.class, () -> new NoiseLevels(Double.NaN, 0));
        assertThrows(IllegalArgumentException.class, () -> new NoiseLevels(5, -0.1));
        assertThrows(IllegalArgumentException.class, () -> new NoiseLevels(5, Double.NaN));
    }
}
