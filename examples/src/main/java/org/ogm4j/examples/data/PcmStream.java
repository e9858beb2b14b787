package org.ogm4j.examples.data;

import java.io.IOException;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** What all readers of WAV files with mono, 16-bit, little-endian PCM sound share. */
public final class PcmStream {

    private static final float FULL_SCALE = 32768f;

    private PcmStream() {}

    /**
     * Reads a WAV file.
     *
     * @param reader is given the sound behind the header
     * @return what the reader makes of it
     * @throws DataException if the file is no WAV or cannot be read
     */
    public static <T> T open(Path file, Reader<T> reader) {
        try (AudioInputStream stream = AudioSystem.getAudioInputStream(file.toFile())) {
            return reader.read(stream);
        } catch (UnsupportedAudioFileException e) {
            throw new DataException(file, "is not a WAV file that can be decoded", e);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether {@link #samples} understands a format, whatever its sample rate. */
    public static boolean isReadable(AudioFormat format) {
        return format.getChannels() == 1
                && format.getSampleSizeInBits() == 16
                && format.getEncoding().equals(AudioFormat.Encoding.PCM_SIGNED)
                && !format.isBigEndian();
    }

    /** Bytes as samples in [-1, 1]. */
    public static float[] samples(byte[] littleEndian) {
        float[] samples = new float[littleEndian.length / 2];
        for (int i = 0; i < samples.length; i++) {
            int low = littleEndian[2 * i] & 0xff;
            int high = littleEndian[2 * i + 1];
            samples[i] = (high << 8 | low) / FULL_SCALE;
        }
        return samples;
    }

    /** Takes what it wants from the sound of a file. */
    @FunctionalInterface
    public interface Reader<T> {

        /** Reads. */
        T read(AudioInputStream stream) throws IOException;
    }
}
