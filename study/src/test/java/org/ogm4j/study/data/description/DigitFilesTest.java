package org.ogm4j.study.data.description;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.files.DigitFiles;

class DigitFilesTest {

    @TempDir Path folder;
    private Path images;
    private Path labels;

    @BeforeEach
    void write() throws IOException {
        SmallFiles.idx(folder.resolve("train"), 3, 9);
        SmallFiles.wav(folder.resolve("train/audio/3_a_0.wav"), 8000, 400, 100);
        SmallFiles.wav(folder.resolve("train/audio/9_a_10.wav"), 8000, 400, 100);
        images = folder.resolve("train/images-idx3-ubyte.gz");
        labels = folder.resolve("train/labels-idx1-ubyte.gz");
    }

    @Test
    void findsBothHalvesOfAPart() {
        DigitFiles.Part part = new DigitFiles(folder, false).part("train");

        assertEquals(2, part.recordings().size());
        assertEquals(9, part.recordings().get(1).digit());
        assertEquals(9, part.pictures().get(1).digit());
        assertEquals(51 / 255.0, part.pictures().get(1).pixels()[0]);
    }

    @Test
    void refusesLabelsThatDoNotFit() throws IOException {
        zipped(labels, 0, 0, 8, 1, 0, 0, 0, 3, 3, 9, 1);
        assertFails(labels, "holds 3 labels, but " + images + " holds 2 images");
        zipped(labels, 0, 0, 8, 1, 0, 0, 0, 2, 3, 200);
        assertFails(labels, "label must be 0 to 9, got 200");
        Files.delete(labels);
        assertFails(labels, "no such file");
        zipped(images, 0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0, 32);
        zipped(labels, 0, 0, 8, 1, 0, 0, 0, 0);
        assertFails(images, "must hold images of 28 x 28, got 32 x 32");
    }

    @Test
    void refusesWhatCannotBePaired() throws IOException {
        Path audio = folder.resolve("train/audio");
        SmallFiles.wav(audio.resolve("7_a_0.wav"), 8000, 400, 100);
        assertFails(folder.resolve("train"), "no image of class 7, but " + audio + " speaks it");
        Files.delete(audio.resolve("7_a_0.wav"));
        Files.move(audio.resolve("3_a_0.wav"), audio.resolve("9_b_0.wav"));
        assertFails(audio, "no recording of class 3, but " + folder.resolve("train"));
        SmallFiles.wav(audio.resolve("hello.wav"), 8000, 400, 100);
        assertFails(audio.resolve("hello.wav"), "must be named DIGIT_VOICE_INDEX.wav");
    }

    private static void zipped(Path file, int... bytes) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int b : bytes) {
                out.write(b);
            }
        }
    }

    private void assertFails(Path where, String problem) {
        DataException e =
                assertThrows(
                        DataException.class, () -> new DigitFiles(folder, false).part("train"));
        assertTrue(e.getMessage().startsWith(where + ": " + problem), e.getMessage());
    }
}
