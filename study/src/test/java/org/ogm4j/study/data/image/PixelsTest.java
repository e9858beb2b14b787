package org.ogm4j.study.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;

class PixelsTest {

    @TempDir Path folder;

    /** A PNG byte by byte: without filter, of any colour type. */
    static byte[] png(int width, int height, int bits, int colourType, byte[] rows, byte[] palette)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height);
        head.put((byte) bits).put((byte) colourType);
        chunk(out, "IHDR", head.array());
        if (palette != null) {
            chunk(out, "PLTE", palette);
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            int row = rows.length / height;
            for (int y = 0; y < height; y++) {
                deflater.write(0);
                deflater.write(rows, y * row, row);
            }
        }
        chunk(out, "IDAT", packed.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data)
            throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
        chunk.put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
        CRC32 sum = new CRC32();
        sum.update(chunk.array(), 4, 4 + data.length);
        chunk.putInt((int) sum.getValue());
        out.write(chunk.array());
    }

    private Pixels read(byte[] bytes) throws IOException {
        return Pixels.read(Files.write(folder.resolve("a.png"), bytes));
    }

    private static byte[] counted(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (7 * i + 3);
        }
        return bytes;
    }

    private static int at(byte[] bytes, int i) {
        return bytes[i] & 0xff;
    }

    @Test
    void everyPixelOfEveryKind() throws IOException {
        byte[] grey = counted(12);
        byte[] colour = counted(36);
        byte[] alpha = counted(48);
        byte[] deep = counted(24);
        byte[] palette = counted(36);
        byte[] indices = new byte[] {0, 11, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1};
        byte[] greyAlpha = counted(24);
        Pixels[] images = {
            read(png(4, 3, 8, 0, grey, null)),
            read(png(4, 3, 8, 2, colour, null)),
            read(png(4, 3, 8, 6, alpha, null)),
            read(png(4, 3, 16, 0, deep, null)),
            read(png(4, 3, 8, 3, indices, palette)),
            read(png(4, 3, 8, 4, greyAlpha, null))
        };
        for (int i = 0; i < 12; i++) {
            int x = i % 4;
            int y = i / 4;
            double wide = (256 * at(deep, 2 * i) + at(deep, 2 * i + 1)) / 257.0;
            for (int c = 0; c < 3; c++) {
                assertEquals(at(grey, i), images[0].at(c, x, y));
                assertEquals(at(colour, 3 * i + c), images[1].at(c, x, y));
                assertEquals(at(alpha, 4 * i + c), images[2].at(c, x, y));
                assertEquals(wide, images[3].at(c, x, y), 1e-4);
                assertEquals(at(palette, 3 * indices[i] + c), images[4].at(c, x, y));
                assertEquals(at(greyAlpha, 2 * i), images[5].at(c, x, y));
            }
            assertEquals(at(grey, i), images[0].lightness()[i]);
            double lightness =
                    0.299 * at(colour, 3 * i)
                            + 0.587 * at(colour, 3 * i + 1)
                            + 0.114 * at(colour, 3 * i + 2);
            assertEquals(lightness, images[1].lightness()[i], 1e-4);
        }
    }

    @Test
    void refusesWhatIsCutOff() throws IOException {
        byte[] png = png(40, 30, 8, 2, noise(3600), null);
        assertFails(Arrays.copyOf(png, png.length / 2), "png");
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, 64, 64, noise(4096));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        byte[] jpeg = out.toByteArray();
        Path file = Files.write(folder.resolve("a.jpg"), jpeg);
        assertEquals(64, Pixels.read(file).width());
        for (double part : new double[] {0.1, 0.3, 0.5, 0.9}) {
            assertFails(Arrays.copyOf(jpeg, (int) (part * jpeg.length)), "jpg");
        }
        assertFails(new byte[0], "png");
        assertFails("no image".getBytes(StandardCharsets.UTF_8), "png");
    }

    @Test
    void refusesAnImageThatWouldFillTheMemory() throws IOException {
        byte[] bomb = png(1 << 15, 1 << 15, 8, 0, new byte[1 << 15], null);
        assertFails(bomb, "png");
    }

    private static byte[] noise(int count) {
        byte[] noise = new byte[count];
        new java.util.Random(1).nextBytes(noise);
        return noise;
    }

    private void assertFails(byte[] bytes, String ending) throws IOException {
        Path file = Files.write(folder.resolve("bad." + ending), bytes);
        String message = assertThrows(DataException.class, () -> Pixels.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": "), message);
    }
}
