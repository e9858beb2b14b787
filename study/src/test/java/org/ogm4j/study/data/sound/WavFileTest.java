package org.ogm4j.study.data.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

class WavFileTest {

    private static final int PCM = 1;
    private static final int FLOAT = 3;

    @TempDir Path folder;

    /** A file byte by byte, with a chunk of odd length before the sound. */
    static byte[] wav(int code, int bits, int channels, int rate, byte[] data, boolean extensible) {
        int fmt = extensible ? 40 : 16;
        ByteBuffer file =
                ByteBuffer.allocate(12 + 8 + fmt + 8 + 4 + 8 + data.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(file.capacity() - 8).put(ascii("WAVE"));
        file.put(ascii("LIST")).putInt(3).put(new byte[] {1, 2, 3, 0});
        file.put(ascii("fmt ")).putInt(fmt);
        file.putShort((short) (extensible ? 0xFFFE : code)).putShort((short) channels);
        file.putInt(rate).putInt(rate * channels * bits / 8);
        file.putShort((short) (channels * bits / 8)).putShort((short) bits);
        if (extensible) {
            file.putShort((short) 22).putShort((short) bits).putInt(4).putShort((short) code);
            file.put(new byte[] {0, 0, 0, 0, 16, 0, -128, 0, 0, -86, 0, 56, -101, 113});
        }
        file.put(ascii("data")).putInt(data.length).put(data);
        return file.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.wav"), bytes);
    }

    private void assertSamples(int code, int bits, byte[] data, double... expected)
            throws IOException {
        for (boolean extensible : new boolean[] {false, true}) {
            Sound sound = WavFile.read(write(wav(code, bits, 1, 16_000, data, extensible)));
            assertEquals(16_000, sound.rate());
            assertEquals(expected.length, sound.samples().length);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], sound.samples()[i]);
            }
        }
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void everyFormatHasItsScale() throws IOException {
        assertSamples(
                PCM,
                8,
                new byte[] {0, (byte) 128, (byte) 255, 127},
                -1,
                0,
                127 / 128.0,
                -1 / 128.0);
        assertSamples(
                PCM,
                16,
                bytes(6).putShort(Short.MIN_VALUE).putShort((short) 1).putShort((short) -2).array(),
                -1,
                1 / 32768.0,
                -2 / 32768.0);
        assertSamples(
                PCM,
                24,
                new byte[] {0, 0, (byte) 0x80, 1, 2, 3, (byte) 0xff, (byte) 0xff, (byte) 0xff},
                -1,
                0x030201 / 8388608.0,
                -1 / 8388608.0);
        assertSamples(
                PCM,
                32,
                bytes(8).putInt(Integer.MIN_VALUE).putInt(123_456_789).array(),
                -1,
                123_456_789 / 2147483648.0);
        assertSamples(FLOAT, 32, bytes(8).putFloat(0.25f).putFloat(-1.5f).array(), 0.25, -1.5);
        assertSamples(FLOAT, 64, bytes(8).putDouble(0.1).array(), 0.1);
    }

    @Test
    void channelsAreAveraged() throws IOException {
        byte[] data =
                bytes(8).putShort((short) 100)
                        .putShort((short) 300)
                        .putShort((short) -5)
                        .putShort((short) -6)
                        .array();
        Path file = write(wav(PCM, 16, 2, 8000, data, false));

        double[] samples = WavFile.read(file).samples();

        assertEquals(2, samples.length);
        assertEquals(200 / 32768.0, samples[0]);
        assertEquals(-5.5 / 32768.0, samples[1]);
        assertEquals("8000 Hz, 16 bit, 2 channels", WavFile.format(file).toString());
        assertEquals(2 / 8000.0, WavFile.format(file).seconds());
    }

    @Test
    void refusesWhatItCannotRead() throws IOException {
        byte[] good = wav(PCM, 16, 1, 8000, new byte[100], false);
        int header = good.length - 100;

        assertFails(
                Arrays.copyOf(good, header + 60),
                "at byte %d: is cut off: the header announces 100 bytes of sound, the file holds 60"
                        .formatted(header + 60));
        assertFails(Arrays.copyOf(good, 30), "is cut off inside the header of a WAV file");
        assertFails(new byte[5], "is cut off inside the header of a WAV file");
        assertFails(
                ascii("this is a text and no sound"),
                "must be a WAV file, got no header of RIFF and WAVE");
        assertFails(wav(PCM, 16, 1, 8000, new byte[0], false), "must hold sound, got none");
        assertFails(
                wav(7, 8, 1, 8000, new byte[4], false),
                "must be PCM of 8, 16, 24 or 32 bit or floating point of 32 or 64 bit, got format 7 of 8 bit");
        assertFails(wav(FLOAT, 16, 1, 8000, new byte[4], true), "must be PCM");
        assertFails(wav(PCM, 16, 0, 8000, new byte[4], false), "must have a channel");
        assertFails(wav(PCM, 16, 1, 0, new byte[4], false), "must have a channel");
        assertFails(
                wav(FLOAT, 32, 1, 8000, bytes(8).putFloat(0).putFloat(Float.NaN).array(), false),
                "at byte %d: samples must be finite, got NaN".formatted(header + 4));
    }

    @Test
    void refusesAMissingFile() {
        Path nowhere = folder.resolve("b.wav");
        assertEquals(
                nowhere + ": no such file",
                assertThrows(DataException.class, () -> WavFile.read(nowhere)).getMessage());
    }

    private void assertFails(byte[] bytes, String problem) throws IOException {
        Path file = write(bytes);
        String message = assertThrows(DataException.class, () -> WavFile.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": " + problem), message);
    }
}
