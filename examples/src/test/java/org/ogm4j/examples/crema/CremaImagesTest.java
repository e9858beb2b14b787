package org.ogm4j.examples.crema;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;

class CremaImagesTest {

    private static final int PLANE = 224 * 224;

    @TempDir Path folder;

    @Test
    void normalisesAConstantImageChannelByChannel() throws IOException {
        Path file = folder.resolve("a.png");
        CremaFiles.writeImage(file, constant(new Color(255, 102, 0), BufferedImage.TYPE_3BYTE_BGR));

        for (float[] image : both(file)) {
            assertEquals(3 * PLANE, image.length);
            for (int i = 0; i < PLANE; i++) {
                assertEquals((1 - 0.485) / 0.229, image[i], 1e-5);
                assertEquals((0.4 - 0.456) / 0.224, image[PLANE + i], 1e-5);
                assertEquals((0 - 0.406) / 0.225, image[2 * PLANE + i], 1e-5);
            }
        }
    }

    @Test
    void readsJpeg() throws IOException {
        Path file = folder.resolve("a.jpg");
        CremaFiles.writeImage(file, constant(Color.GRAY, BufferedImage.TYPE_3BYTE_BGR));

        for (float[] image : both(file)) {
            assertEquals((128 / 255.0 - 0.485) / 0.229, image[1000], 0.02);
        }
    }

    @Test
    void greyLevelsAndPalettesKeepTheirStoredValues() throws IOException {
        BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage deep = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < 64; i++) {
            grey.getRaster().setSample(i % 8, i / 8, 0, 51);
            deep.getRaster().setSample(i % 8, i / 8, 0, 51 * 257);
        }
        BufferedImage palette = constant(new Color(51, 51, 51), BufferedImage.TYPE_BYTE_INDEXED);
        BufferedImage transparent =
                constant(new Color(51, 51, 51, 200), BufferedImage.TYPE_INT_ARGB);
        for (BufferedImage image : new BufferedImage[] {grey, deep, palette, transparent}) {
            Path file = folder.resolve("a.png");
            CremaFiles.writeImage(file, image);

            float[] values = CremaImages.test(file);

            assertEquals((0.2 - 0.485) / 0.229, values[0], 1e-4);
            assertEquals((0.2 - 0.406) / 0.225, values[3 * PLANE - 1], 1e-4);
        }
    }

    @Test
    void flippingReversesRows() {
        float[] values = {1, 2, 3, 4, 5, 6};
        CremaImages.flip(values, 3);
        assertArrayEquals(new float[] {3, 2, 1, 6, 5, 4}, values);
    }

    /** 100 draws, 30 to 70 flipped: outside with probability 3e-5, were there another seed. */
    @Test
    void flipsEverySecondTrainingImageAndNoTestImage() throws IOException {
        Path file = folder.resolve("a.png");
        CremaFiles.writeImage(file, CremaFiles.slope(40, 30, 0));
        SplittableRandom random = new SplittableRandom(9);
        int flipped = 0;
        for (int i = 0; i < 100; i++) {
            float[] image = CremaImages.train(file, random);
            flipped += image[0] > image[223] ? 1 : 0;
        }

        assertTrue(flipped >= 30 && flipped <= 70, "flipped " + flipped);
        float[] image = CremaImages.test(file);
        assertTrue(image[0] < image[223]);
    }

    @Test
    void trainingImagesFollowFromTheState() throws IOException {
        Path file = folder.resolve("a.png");
        CremaFiles.writeImage(file, CremaFiles.slope(40, 30, 0));

        assertArrayEquals(
                CremaImages.train(file, new SplittableRandom(1)),
                CremaImages.train(file, new SplittableRandom(1)));
    }

    @Test
    void refusesWhatIsNoImage() throws IOException {
        Path file = folder.resolve("a.png");
        assertFails(file, "no such file");
        Files.writeString(file, "no image");
        assertFails(file, "is not an image that can be decoded");
    }

    private static void assertFails(Path file, String problem) {
        DataException e = assertThrows(DataException.class, () -> CremaImages.test(file));
        assertEquals(file + ": " + problem, e.getMessage());
    }

    private static float[][] both(Path file) {
        return new float[][] {
            CremaImages.test(file), CremaImages.train(file, new SplittableRandom(4))
        };
    }

    private static BufferedImage constant(Color colour, int type) {
        BufferedImage image = new BufferedImage(48, 36, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setComposite(AlphaComposite.Src);
        graphics.setColor(colour);
        graphics.fillRect(0, 0, 48, 36);
        graphics.dispose();
        return image;
    }
}
