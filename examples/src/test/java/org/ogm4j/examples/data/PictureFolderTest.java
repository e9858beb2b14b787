package org.ogm4j.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;

class PictureFolderTest {

    private static final int IMAGES_MAGIC = 0x0803;
    private static final int LABELS_MAGIC = 0x0801;

    @TempDir Path folder;
    private Path images;
    private Path labels;

    @BeforeEach
    void writeTwoPictures() throws IOException {
        DigitFiles.writeIdx(folder, new byte[] {3, 9});
        images = folder.resolve("images-idx3-ubyte.gz");
        labels = folder.resolve("labels-idx1-ubyte.gz");
    }

    @Test
    void readsPixelsRowByRow() {
        List<Picture> pictures = PictureFolder.read(folder);

        assertEquals(9, pictures.get(1).digit());
        float[] pixels = pictures.get(0).pixels();
        assertEquals(28 * 28, pixels.length);
        assertTrue(pixels[0] >= 200 / 255f && pixels[0] <= 1, "row 0 of a three is bright");
        assertEquals(0f, pixels[4 * 28], "row 4 of a three is dark");
    }

    @Test
    void refusesImagesInPlaceOfLabels() throws IOException {
        DigitFiles.writeLabels(folder, IMAGES_MAGIC, new byte[] {3, 9});

        assertFails(labels, "must be an IDX file of labels with magic number 2049, got 2051");
    }

    @Test
    void refusesLabelsInPlaceOfImages() throws IOException {
        Files.copy(labels, folder.resolve("copy"));
        Files.move(folder.resolve("copy"), replaced(images));

        assertFails(images, "must be an IDX file of images with magic number 2051, got 2049");
    }

    @Test
    void refusesMoreLabelsThanImages() throws IOException {
        DigitFiles.writeLabels(folder, LABELS_MAGIC, new byte[] {3, 9, 1});

        assertFails(labels, "holds 3 labels, but " + images + " holds 2 images");
    }

    @Test
    void refusesALabelAboveNine() throws IOException {
        DigitFiles.writeLabels(folder, LABELS_MAGIC, new byte[] {3, (byte) 200});

        assertFails(labels, "label must be 0 to 9, got 200");
    }

    @Test
    void refusesAFileThatIsCutShort() throws IOException {
        byte[] bytes = Files.readAllBytes(images);
        Files.write(images, Arrays.copyOf(bytes, bytes.length / 2));

        assertFails(images, "is cut short");
    }

    @Test
    void refusesAFileThatIsNotGzipped() throws IOException {
        Files.write(labels, new byte[] {0, 0, 8, 1, 0, 0, 0, 0});

        assertFails(labels, "is not gzipped");
    }

    @Test
    void refusesAnotherSize() throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(images))) {
            out.write(new byte[] {0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0, 32});
        }

        assertFails(images, "must hold images of 28 x 28, got 32 x 32");
    }

    @Test
    void refusesAMissingFile() throws IOException {
        replaced(labels);

        assertFails(labels, "no such file");
    }

    private static Path replaced(Path file) throws IOException {
        Files.delete(file);
        return file;
    }

    private void assertFails(Path file, String problem) {
        DataException e = assertThrows(DataException.class, () -> PictureFolder.read(folder));
        assertTrue(e.getMessage().startsWith(file + ": " + problem), e.getMessage());
    }
}
