package org.ogm4j.study.data.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;

class NpyFileTest {

    @TempDir Path folder;

    /** A file byte by byte, its header padded to 64 bytes as NumPy does it. */
    static byte[] npy(int version, String type, boolean fortran, String shape, byte[] data) {
        int head = version == 1 ? 10 : 12;
        String header =
                "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
                        .formatted(type, fortran ? "True" : "False", shape);
        int length = (head + header.length() + 1 + 63) / 64 * 64 - head;
        ByteBuffer file =
                ByteBuffer.allocate(head + length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.ISO_8859_1));
        file.put((byte) version).put((byte) 0);
        if (version == 1) {
            file.putShort((short) length);
        } else {
            file.putInt(length);
        }
        file.put(header.getBytes(StandardCharsets.UTF_8));
        while (file.position() < head + length - 1) {
            file.put((byte) ' ');
        }
        return file.put((byte) '\n').put(data).array();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.npy"), bytes);
    }

    private static ByteBuffer little(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] floats(float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float x : numbers) {
            bytes.putFloat(x);
        }
        return bytes.array();
    }

    private void assertNumbers(String type, byte[] data, float... expected) throws IOException {
        for (int version = 1; version <= 3; version++) {
            NpyFile array =
                    NpyFile.open(
                            write(npy(version, type, false, "(" + expected.length + ",)", data)));
            assertArrayEquals(new int[] {expected.length}, array.shape());
            assertArrayEquals(expected, array.read());
            assertArrayEquals(new float[] {expected[1]}, array.row(1));
        }
    }

    @Test
    void everyTypeInEveryVersion() throws IOException {
        assertNumbers("<f4", floats(1.5f, -2), 1.5f, -2);
        assertNumbers("<f8", little(16).putDouble(0.1).putDouble(-1e9).array(), 0.1f, -1e9f);
        assertNumbers(">f4", ByteBuffer.allocate(8).putFloat(1.5f).putFloat(-2).array(), 1.5f, -2);
        assertNumbers(
                ">f8", ByteBuffer.allocate(16).putDouble(1.5).putDouble(-2).array(), 1.5f, -2);
        assertNumbers("|i1", new byte[] {-1, 127}, -1, 127);
        assertNumbers("|u1", new byte[] {-1, 127}, 255, 127);
        assertNumbers("|b1", new byte[] {0, 1}, 0, 1);
        assertNumbers("<i2", little(4).putShort((short) -300).putShort((short) 5).array(), -300, 5);
        assertNumbers("<u2", little(4).putShort((short) -1).putShort((short) 5).array(), 65_535, 5);
        assertNumbers("<i4", little(8).putInt(-70_000).putInt(5).array(), -70_000, 5);
        assertNumbers("<u4", little(8).putInt(-1).putInt(5).array(), 0x1p32f, 5);
        assertNumbers("<i8", little(16).putLong(-7).putLong(1L << 40).array(), -7, 0x1p40f);
        assertNumbers("<u8", little(16).putLong(-1).putLong(5).array(), 0x1p64f, 5);
        assertNumbers(
                ">i2",
                ByteBuffer.allocate(4).putShort((short) -300).putShort((short) 5).array(),
                -300,
                5);
    }

    /** The number at [i, j, k, l] is 1000 i + 100 j + 10 k + l, laid out by loops of its own. */
    @Test
    void bothOrdersOfFourDimensions() throws IOException {
        int[] sizes = {2, 3, 2, 4};
        float[] c = new float[48];
        float[] fortran = new float[48];
        int at = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 2; k++) {
                    for (int l = 0; l < 4; l++) {
                        c[at++] = 1000 * i + 100 * j + 10 * k + l;
                        fortran[i + 2 * j + 6 * k + 12 * l] = 1000 * i + 100 * j + 10 * k + l;
                    }
                }
            }
        }
        NpyFile inC = NpyFile.open(write(npy(1, "<f4", false, "(2, 3, 2, 4)", floats(c))));
        assertArrayEquals(sizes, inC.shape());
        assertArrayEquals(c, inC.read());
        assertTrue(inC.inRows());
        assertArrayEquals(Arrays.copyOfRange(c, 24, 48), inC.row(1));

        NpyFile inFortran =
                NpyFile.open(write(npy(2, "<f4", true, "(2, 3, 2, 4)", floats(fortran))));
        assertArrayEquals(c, inFortran.read());
        assertFalse(inFortran.inRows());
        assertThrows(DataException.class, () -> inFortran.row(0));
    }

    @Test
    void aSingleNumberHasNoDimension() throws IOException {
        NpyFile array = NpyFile.open(write(npy(1, "<f4", false, "()", floats(3))));
        assertEquals(0, array.shape().length);
        assertArrayEquals(new float[] {3}, array.read());
    }

    @Test
    void refusesWhatItCannotRead() throws IOException {
        byte[] good = npy(1, "<f4", false, "(3,)", floats(1, 2, 3));
        assertFails(
                Arrays.copyOf(good, good.length - 5),
                "at byte %d: is cut off: shape [3] needs 12 bytes, there are 7"
                        .formatted(good.length - 5));
        assertFails(Arrays.copyOf(good, 30), "is cut off inside the header of a .npy file");
        assertFails(Arrays.copyOf(good, 3), "is cut off inside the header of a .npy file");
        assertFails(new byte[20], "must be a .npy file, got another first byte");
        assertFails(
                npy(4, "<f4", false, "(1,)", floats(1)),
                "at byte 6: version must be 1, 2 or 3, got 4");
        assertFails(npy(1, "<c8", false, "(1,)", floats(1, 2)), "type must be f4, f8");
        assertFails(npy(1, "<f2", false, "(1,)", floats(1)), "type must be f4, f8");
        assertFails(npy(1, "|S3", false, "(1,)", floats(1)), "type must be f4, f8");
        assertFails(
                npy(1, "<f4", false, "(99999, 99999, 99999)", floats(1)),
                "must have fewer numbers");
        assertFails(npy(1, "<f4", false, "(99999999999,)", floats(1)), "sizes must be below 2^31");
        assertFails(
                npy(1, "<f4", false, "(3,)", floats(1, Float.NaN, 3)),
                "at byte %d: numbers must be finite in single precision, got NaN"
                        .formatted(good.length - 8));
        assertFails(
                npy(1, "<f8", false, "(1,)", little(8).putDouble(1e300).array()),
                "at byte %d: numbers must be finite in single precision, got 1.0E300"
                        .formatted(good.length - 12));
    }

    private void assertFails(byte[] bytes, String problem) throws IOException {
        Path file = write(bytes);
        String message =
                assertThrows(DataException.class, () -> NpyFile.open(file).read()).getMessage();
        assertTrue(message.startsWith(file + ": " + problem), message);
    }

    /** Sizes whose product is 2^64, which is 0 in 64 bits, and a width that is no int. */
    @Test
    void numbersThatOverflow() throws IOException {
        Path sizes = write(npy(1, "<f4", false, "(536870912, 16384, 2097152)", new byte[0]));
        assertRefused(sizes, "must have fewer numbers");
        Path width = write(npy(1, "<f99999999999", false, "(2,)", new byte[0]));
        assertRefused(width, "the header must have a plain type");
    }

    private static void assertRefused(Path file, String problem) {
        DataException thrown = assertThrows(DataException.class, () -> NpyFile.open(file));
        assertTrue(thrown.getMessage().contains(problem), thrown.getMessage());
    }

    @Test
    void rowsThatAreNotThere() throws IOException {
        NpyFile empty = NpyFile.open(write(npy(1, "<f4", false, "(0, 3)", new byte[0])));
        assertEquals(0, empty.read().length);
        assertThrows(IndexOutOfBoundsException.class, () -> empty.row(0));
    }
}
