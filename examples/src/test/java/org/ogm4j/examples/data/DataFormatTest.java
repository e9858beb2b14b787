package org.ogm4j.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;

class DataFormatTest {

    @TempDir Path folder;

    @Test
    void readsThePartsOfTheShippedLayout() throws IOException {
        DigitFiles.writeAll(folder, 4);

        DigitData data = DataFormat.DIGITS.read(folder);

        assertEquals(6, data.train().recordings().size());
        assertEquals(12, data.test().pictures().size());
        assertEquals(4000, data.validation().recordings().get(0).samples().length);
        assertEquals(1, data.train().pictures().get(4).digit());
    }

    @Test
    void splitsRealRecordingsByIndexAndRealImagesByPosition() throws IOException {
        writeAvDigits(10_000);

        DigitData data = DataFormat.AV_DIGITS.read(folder);

        assertEquals(2, data.test().recordings().size());
        assertEquals(2, data.validation().recordings().size());
        assertEquals(4, data.train().recordings().size());
        assertEquals(7_000, data.train().pictures().size());
        assertEquals(1_000, data.validation().pictures().size());
        assertEquals(2_000, data.test().pictures().size());
    }

    @Test
    void wantsAllOfMnistsTestImages() throws IOException {
        writeAvDigits(10);

        assertFails(DataFormat.AV_DIGITS, folder.resolve("mnist"), "10000 images, got 10");
    }

    @Test
    void namesAMissingFolder() {
        Path missing = folder.resolve("nowhere");

        DataException e = assertThrows(DataException.class, () -> DataFormat.DIGITS.read(missing));

        assertEquals(missing + ": no such folder", e.getMessage());
    }

    @Test
    void namesAMissingPart() throws IOException {
        DigitFiles.writePart(folder.resolve("train"), 2, 2);

        assertFails(DataFormat.DIGITS, folder.resolve("validation"), "no such folder");
    }

    @Test
    void namesAClassThatIsSpokenButNotShown() throws IOException {
        DigitFiles.writeAll(folder, 2);
        DigitFiles.writeWav(folder.resolve("train/audio/7_voice_0.wav"), 7);

        assertFails(
                DataFormat.DIGITS,
                folder.resolve("train"),
                "no image of class 7, but " + folder.resolve("train/audio"));
    }

    @Test
    void namesAClassThatIsShownButNotSpoken() throws IOException {
        DigitFiles.writeAll(folder, 2);
        DigitFiles.writeIdx(folder.resolve("test"), new byte[] {0, 1, 2, 9});

        assertFails(
                DataFormat.DIGITS,
                folder.resolve("test/audio"),
                "no recording of class 9, but " + folder.resolve("test"));
    }

    @Test
    void namesAMisnamedRecording() throws IOException {
        DigitFiles.writeAll(folder, 2);
        Path misnamed = folder.resolve("train/audio/hello.wav");
        DigitFiles.writeWav(misnamed, 1);

        assertFails(DataFormat.DIGITS, misnamed, "DIGIT_VOICE_INDEX.wav");
    }

    @Test
    void refusesAnotherSampleRate() throws IOException {
        DigitFiles.writeAll(folder, 2);
        Path other = folder.resolve("test/audio/0_voice_1.wav");
        DigitFiles.writeWav(other, 0, new AudioFormat(16000, 16, 1, true, false));

        assertFails(DataFormat.DIGITS, other, "must be of 8000 Hz, got 16000");
    }

    @Test
    void namesAFolderWithoutRecordings() throws IOException {
        DigitFiles.writeIdx(folder.resolve("train"), new byte[] {0});
        Path empty = Files.createDirectories(folder.resolve("train/audio"));

        assertFails(DataFormat.DIGITS, empty, "holds no recording");
    }

    private void writeAvDigits(int images) throws IOException {
        byte[] labels = new byte[images];
        for (int i = 0; i < images; i++) {
            labels[i] = (byte) (i % 2);
        }
        DigitFiles.writeIdx(folder.resolve("mnist"), labels);
        for (int index : new int[] {4, 9, 10, 49}) {
            DigitFiles.writeWav(folder.resolve("fsdd/0_theo_%d.wav".formatted(index)), 0);
            DigitFiles.writeWav(folder.resolve("fsdd/1_theo_%d.wav".formatted(index)), 1);
        }
    }

    private void assertFails(DataFormat format, Path where, String problem) {
        DataException e = assertThrows(DataException.class, () -> format.read(folder));
        assertTrue(
                e.getMessage().startsWith(where + ": ") && e.getMessage().contains(problem),
                e.getMessage());
    }
}
