package org.ogm4j.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sound.sampled.AudioFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;

class SpeechTest {

    private static final int HEADER_BYTES = 44;

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("0_voice_0.wav");
    }

    @Test
    void decodesSixteenBitSamples() throws IOException {
        DigitFiles.writeWav(file, 0);

        float[] samples = Speech.read(file);

        assertEquals(4000, samples.length);
        assertEquals(0f, samples[0]);
        assertEquals((short) (8000 * Math.sin(2 * Math.PI / 4)) / 32768f, samples[10]);
        assertEquals((short) (8000 * Math.sin(2 * Math.PI * 0.75)) / 32768f, samples[30]);
    }

    @Test
    void refusesAFileThatIsCutShort() throws IOException {
        DigitFiles.writeWav(file, 0);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), HEADER_BYTES + 1000));

        assertFails(
                "at byte 1044: is cut off: the header announces 8000 bytes of sound, the file holds 1000");
    }

    @Test
    void refusesAFileThatIsCutInsideItsHeader() throws IOException {
        DigitFiles.writeWav(file, 0);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));

        assertFails("");
    }

    @Test
    void refusesWhatIsNoWav() throws IOException {
        Files.writeString(file, "This is a text and no sound at all, whatever its name says.");

        assertFails("must be a WAV file");
    }

    @Test
    void refusesAFileWithoutSound() throws IOException {
        DigitFiles.writeWav(file, 0);
        byte[] header = Arrays.copyOf(Files.readAllBytes(file), HEADER_BYTES);
        Arrays.fill(header, 40, 44, (byte) 0); // the size of the data chunk
        Files.write(file, header);

        assertFails("must hold sound, got none");
    }

    @Test
    void refusesAnotherSampleRate() throws IOException {
        DigitFiles.writeWav(file, 0, new AudioFormat(16000, 16, 1, true, false));

        assertFails("must be 8000 Hz mono 16-bit PCM, got 16000 Hz, 16 bit, 1 channel");
    }

    @Test
    void refusesTwoChannels() throws IOException {
        DigitFiles.writeWav(file, 0, new AudioFormat(8000, 16, 2, true, false));

        assertFails("must be 8000 Hz mono 16-bit PCM, got 8000 Hz, 16 bit, 2 channels");
    }

    private void assertFails(String problem) {
        DataException e = assertThrows(DataException.class, () -> Speech.read(file));
        assertTrue(e.getMessage().startsWith(file + ": " + problem), e.getMessage());
    }
}
