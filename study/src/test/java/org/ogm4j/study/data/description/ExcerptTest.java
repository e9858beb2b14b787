package org.ogm4j.study.data.description;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.kind.Excerpt;
import org.ogm4j.study.data.kind.ImageFolder;
import org.ogm4j.study.data.kind.WavFolder;

/** Parts of recordings of 1 s: 1,000 samples, or 10 frames of which frame n is grey 20 n. */
class ExcerptTest {

    private static final int RATE = 1000;
    private static final int FRAMES = 10;

    @TempDir Path folder;

    @BeforeEach
    void times() throws IOException {
        SmallFiles.text(
                folder.resolve("times.csv"),
                "id,from,to\nmiddle,0.4,0.6\nearly,0.0,0.1\nlate,0.9,1.0\n");
    }

    @Test
    void soundsRoundTheMiddle() throws IOException {
        Path all = folder.resolve("all/middle.wav");
        SmallFiles.wav(all, RATE, RATE, 9000);
        for (String id : List.of("middle", "early", "late")) {
            SmallFiles.wav(folder.resolve("w/" + id + ".wav"), RATE, RATE, 9000);
        }
        WavFolder whole = WavFolder.of("w", "w", RATE, 4, 1);
        float[] bins = whole.values(all, "middle", whole.spectrogram()).numbers();
        // one window starts at each sample, so that frame n of the whole is frame 0 from sample n
        // on
        assertArrayEquals(frames(bins, 350, 297), part(whole, "to", "middle"));
        assertArrayEquals(frames(bins, 0, 297), part(whole, "to", "early"));
        assertArrayEquals(frames(bins, 700, 297), part(whole, "to", "late"));
        assertArrayEquals(frames(bins, 400, 297), part(whole, null, "middle"));
    }

    private float[] part(WavFolder whole, String end, String id) {
        Excerpt excerpt = new Excerpt("times.csv", "id", "from", end, 0.3, null);
        return whole.with(excerpt).open(folder, List.of(id)).read(id).numbers();
    }

    /** Some frames of {@code [3 bins, 997 frames]}. */
    private static float[] frames(float[] bins, int first, int count) {
        float[] some = new float[3 * count];
        for (int bin = 0; bin < 3; bin++) {
            System.arraycopy(bins, bin * 997 + first, some, bin * count, count);
        }
        return some;
    }

    @Test
    void framesOfStripsAndFolders() throws IOException {
        for (String id : List.of("middle", "early", "late")) {
            BufferedImage strip = new BufferedImage(1, FRAMES, BufferedImage.TYPE_BYTE_GRAY);
            Files.createDirectories(folder.resolve("films/" + id));
            Files.createDirectories(folder.resolve("strips"));
            for (int n = 0; n < FRAMES; n++) {
                strip.getRaster().setSample(0, n, 0, 20 * n);
                BufferedImage frame = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
                frame.getRaster().setSample(0, 0, 0, 20 * n);
                ImageIO.write(
                        frame, "png", folder.resolve("films/" + id + "/" + n + ".png").toFile());
            }
            ImageIO.write(strip, "png", folder.resolve("strips/" + id + ".png").toFile());
        }
        for (String source : List.of("strips", "films")) {
            assertArrayEquals(new int[] {4, 5, 6}, greys(source, "to", "middle"), source);
            assertArrayEquals(new int[] {0, 1, 2}, greys(source, "to", "early"), source);
            assertArrayEquals(new int[] {7, 8, 9}, greys(source, "to", "late"), source);
            assertArrayEquals(new int[] {4, 5, 6}, greys(source, null, "middle"), source);
        }
    }

    private int[] greys(String source, String end, String id) {
        Excerpt excerpt = new Excerpt("times.csv", "id", "from", end, 0.3, 10.0);
        float[] numbers =
                ImageFolder.of("v", source, 1, 1, 1)
                        .withFrames(FRAMES, ImageFolder.Layout.CHANNELS)
                        .with(excerpt)
                        .open(folder, List.of(id))
                        .read(id)
                        .numbers();
        int[] greys = new int[numbers.length];
        Arrays.setAll(greys, i -> Math.round(numbers[i] * 255 / 20));
        return greys;
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        SmallFiles.wav(folder.resolve("w/other.wav"), RATE, RATE, 9000);
        SmallFiles.wav(folder.resolve("w/middle.wav"), RATE, 200, 9000);
        WavFolder whole = WavFolder.of("w", "w", RATE, 4, 1);
        assertEquals(
                folder.resolve("times.csv") + ": must have a row for other, got none",
                assertThrows(DataException.class, () -> part(whole, "to", "other")).getMessage());
        assertEquals(
                folder.resolve("w/middle.wav")
                        + ": must be at least 0.3 s long for the excerpt, got 0.2 s",
                assertThrows(DataException.class, () -> part(whole, "to", "middle")).getMessage());
        assertEquals(
                "fps must be given for an excerpt of frames",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        ImageFolder.of("v", "v", 1, 1, 1)
                                                .with(
                                                        new Excerpt(
                                                                "t.csv", "id", "from", null, 1,
                                                                null)))
                        .getMessage());
    }
}
