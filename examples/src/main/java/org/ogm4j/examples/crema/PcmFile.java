package org.ogm4j.examples.crema;

import java.io.IOException;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.ogm4j.examples.data.DataException;

/** Decodes mono 16-bit PCM WAV files of any sample rate from 8 to 96 kHz. */
final class PcmFile {

    private static final int LOWEST_RATE = 8_000;
    private static final int HIGHEST_RATE = 96_000;
    private static final float FULL_SCALE = 32768f;

    private PcmFile() {}

    /**
     * Reads a whole file.
     *
     * @throws DataException if the file is no WAV, is cut short, holds no sound, or has another
     *     format
     */
    static Sound read(Path file) {
        return open(
                file,
                stream -> {
                    AudioFormat format = stream.getFormat();
                    byte[] bytes = stream.readAllBytes();
                    long announced = stream.getFrameLength() * format.getFrameSize();
                    if (bytes.length < announced) {
                        throw new DataException(
                                file,
                                "must hold %d bytes of sound as its header says, got %d"
                                        .formatted(announced, bytes.length));
                    }
                    if (bytes.length == 0) {
                        throw new DataException(file, "must hold sound, got none");
                    }
                    return new Sound((int) format.getSampleRate(), decode(bytes));
                });
    }

    /**
     * Whether the header announces any sound; reads no more than the header.
     *
     * @throws DataException if the file is no WAV or has another format
     */
    static boolean holdsSound(Path file) {
        return open(file, stream -> stream.getFrameLength() > 0);
    }

    private static <T> T open(Path file, Reader<T> reader) {
        try (AudioInputStream stream = AudioSystem.getAudioInputStream(file.toFile())) {
            requireSupported(file, stream.getFormat());
            return reader.read(stream);
        } catch (UnsupportedAudioFileException e) {
            throw new DataException(file, "is not a WAV file that can be decoded", e);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static void requireSupported(Path file, AudioFormat format) {
        float rate = format.getSampleRate();
        boolean supported =
                rate >= LOWEST_RATE
                        && rate <= HIGHEST_RATE
                        && rate == (int) rate
                        && format.getChannels() == 1
                        && format.getSampleSizeInBits() == 16
                        && format.getEncoding().equals(AudioFormat.Encoding.PCM_SIGNED)
                        && !format.isBigEndian();
        if (!supported) {
            throw new DataException(
                    file,
                    "must be mono 16-bit PCM of %d to %d Hz, got %s"
                            .formatted(LOWEST_RATE, HIGHEST_RATE, format));
        }
    }

    private static float[] decode(byte[] littleEndian) {
        float[] samples = new float[littleEndian.length / 2];
        for (int i = 0; i < samples.length; i++) {
            int low = littleEndian[2 * i] & 0xff;
            int high = littleEndian[2 * i + 1];
            samples[i] = (high << 8 | low) / FULL_SCALE;
        }
        return samples;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(AudioInputStream stream) throws IOException;
    }

    /** A waveform in [-1, 1] with its sample rate in Hz; the array is not a copy. */
    static final class Sound {

        private final int rate;
        private final float[] samples;

        Sound(int rate, float[] samples) {
            this.rate = rate;
            this.samples = samples;
        }

        int rate() {
            return rate;
        }

        float[] samples() {
            return samples;
        }
    }
}
