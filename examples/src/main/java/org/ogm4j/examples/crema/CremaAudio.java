package org.ogm4j.examples.crema;

import java.nio.file.Path;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.sound.Resampler;
import org.ogm4j.study.data.sound.Sound;
import org.ogm4j.study.data.sound.Spectrogram;

/**
 * From a WAV file to the log-magnitude spectrogram [1, 257, 188] of OGM-GE's published code:
 *
 * <ol>
 *   <li>resample to 22,050 Hz,
 *   <li>repeat the clip until it fills 3 s, and cut there,
 *   <li>limit to [-1, 1],
 *   <li>transform 512 samples under a periodic Hann window every 353, the signal mirrored by 256
 *       samples at both ends so that window t is centred at sample 353 t,
 *   <li>take {@code log(|X| + 1e-7)}.
 * </ol>
 *
 * <p>Mirroring is librosa's default up to version 0.8; since 0.9 it pads with zeros, which changes
 * the first and the last window only. The values are not standardised.
 */
public final class CremaAudio {

    /** Frequencies of the spectrogram, 43.07 Hz apart. */
    public static final int BINS = 257;

    /** Windows of the spectrogram, 16.01 ms apart. */
    public static final int FRAMES = 188;

    static final int RATE = 22_050;
    static final int LENGTH = 3 * RATE;
    static final int WINDOW = 512;
    static final int HOP = 353;
    private static final double FLOOR = 1e-7;

    private static final Spectrogram SPECTROGRAM = new Spectrogram(WINDOW, HOP);

    private CremaAudio() {}

    /**
     * The spectrogram of a file.
     *
     * @return {@code [257 * 188]}, one row of frames per bin
     * @throws DataException if the file cannot be used
     */
    public static float[] read(Path file) {
        Sound sound = PcmFile.read(file);
        float[] resampled = Resampler.between(sound.rate(), RATE).resample(sound.floats());
        return logMagnitude(limited(tiled(resampled, LENGTH)));
    }

    /** Over and over again until the length is reached; not empty. */
    static float[] tiled(float[] samples, int length) {
        float[] tiled = new float[length];
        for (int i = 0; i < length; i++) {
            tiled[i] = samples[i % samples.length];
        }
        return tiled;
    }

    /** In place. */
    static float[] limited(float[] samples) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.max(-1, Math.min(1, samples[i]));
        }
        return samples;
    }

    /** Of any signal longer than 256 samples: 257 rows of 1 + length / 353 frames. */
    static float[] logMagnitude(float[] samples) {
        float[] spectrogram = SPECTROGRAM.power(mirrored(samples, WINDOW / 2));
        for (int i = 0; i < spectrogram.length; i++) {
            spectrogram[i] = (float) Math.log(Math.sqrt(spectrogram[i]) + FLOOR);
        }
        return spectrogram;
    }

    /** With margins that mirror the signal; its first and last sample are not repeated. */
    private static float[] mirrored(float[] samples, int margin) {
        int length = samples.length;
        float[] padded = new float[length + 2 * margin];
        System.arraycopy(samples, 0, padded, margin, length);
        for (int i = 1; i <= margin; i++) {
            padded[margin - i] = samples[i];
            padded[margin + length - 1 + i] = samples[length - 1 - i];
        }
        return padded;
    }
}
