package org.ogm4j.examples.crema;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;

class CremaAudioTest {

    private static final int BINS = CremaAudio.BINS;
    private static final int FRAMES = CremaAudio.FRAMES;
    private static final int LENGTH = 66_150;

    @TempDir Path folder;

    @Test
    void repeatsAClipAndCutsALongOne() {
        assertArrayEquals(
                new float[] {1, 2, 3, 1, 2, 3, 1}, CremaAudio.tiled(new float[] {1, 2, 3}, 7));
        assertArrayEquals(new float[] {1, 2}, CremaAudio.tiled(new float[] {1, 2, 3}, 2));
    }

    @Test
    void limitsToFullScale() {
        assertArrayEquals(
                new float[] {1, -1, 0.5f}, CremaAudio.limited(new float[] {1.1f, -3, 0.5f}));
    }

    @Test
    void equalsTheDirectlySummedTransformOfTheMirroredSignal() {
        SplittableRandom random = new SplittableRandom(3);
        float[] signal = new float[LENGTH];
        for (int n = 0; n < LENGTH; n++) {
            signal[n] = (float) (0.1 * random.nextGaussian());
        }

        float[] spectrogram = CremaAudio.logMagnitude(signal);

        assertEquals(BINS * FRAMES, spectrogram.length);
        for (int t : new int[] {0, 1, 90, FRAMES - 1}) {
            for (int f = 0; f < BINS; f++) {
                assertEquals(summed(signal, t, f), spectrogram[f * FRAMES + t], 1e-5);
            }
        }
    }

    @Test
    void aSinePeaksAtItsBin() {
        int bin = 40;
        float[] sine = CremaFiles.sine(bin * 22_050.0 / 512, 22_050, LENGTH, 1);

        float[] spectrogram = CremaAudio.logMagnitude(sine);

        // not in the first and the last frame, where mirroring turns the phase
        for (int t = 1; t < FRAMES - 1; t++) {
            assertEquals(bin, peak(spectrogram, t));
            // half the sum of the window; the other half is at the negative frequency
            assertEquals(Math.log(128), spectrogram[bin * FRAMES + t], 1e-4);
        }
    }

    @Test
    void aFileKeepsItsFrequencyAndFillsThreeSeconds() throws IOException {
        Path file = folder.resolve("a.wav");
        CremaFiles.writeSine(file, 1000, 16_000, 16_000);

        float[] spectrogram = CremaAudio.read(file);

        assertEquals(257 * 188, spectrogram.length);
        for (int t = 1; t < FRAMES - 1; t++) {
            assertEquals(Math.round(1000 * 512 / 22_050.0), peak(spectrogram, t));
        }
    }

    @Test
    void silenceIsTheLogarithmOfTheFloor() throws IOException {
        Path file = folder.resolve("a.wav");
        CremaFiles.writeSine(file, 0, 16_000, 100);

        for (float value : CremaAudio.read(file)) {
            assertEquals(Math.log(1e-7), value, 1e-5);
        }
    }

    @Test
    void refusesAFileThatIsCutShort() throws IOException {
        Path file = folder.resolve("a.wav");
        CremaFiles.writeSine(file, 440, 16_000, 1000);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 44 + 600));

        assertFails(
                file,
                "at byte 644: is cut off: the header announces 2000 bytes of sound, the file holds 600");
    }

    @Test
    void refusesAFileWithoutSound() throws IOException {
        Path file = folder.resolve("a.wav");
        CremaFiles.writeSine(file, 440, 16_000, 0);

        assertFails(file, "must hold sound, got none");
    }

    @Test
    void refusesAMissingFile() {
        assertFails(folder.resolve("b.wav"), "no such file");
    }

    private static void assertFails(Path file, String problem) {
        DataException e = assertThrows(DataException.class, () -> CremaAudio.read(file));
        assertTrue(e.getMessage().startsWith(file + ": " + problem), e.getMessage());
    }

    private static int peak(float[] spectrogram, int t) {
        int peak = 0;
        for (int f = 1; f < BINS; f++) {
            peak = spectrogram[f * FRAMES + t] > spectrogram[peak * FRAMES + t] ? f : peak;
        }
        return peak;
    }

    private static double summed(float[] signal, int t, int f) {
        double re = 0;
        double im = 0;
        for (int n = 0; n < 512; n++) {
            int at = Math.abs(353 * t + n - 256);
            at = at < LENGTH ? at : 2 * (LENGTH - 1) - at;
            double x = Math.pow(Math.sin(Math.PI * n / 512), 2) * signal[at];
            re += x * Math.cos(2 * Math.PI * f * n / 512);
            im -= x * Math.sin(2 * Math.PI * f * n / 512);
        }
        return Math.log(Math.hypot(re, im) + 1e-7);
    }
}
