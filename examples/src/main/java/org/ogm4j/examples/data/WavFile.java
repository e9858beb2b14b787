package org.ogm4j.examples.data;

import java.io.IOException;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Decodes 8 kHz, mono, 16-bit PCM WAV files. */
final class WavFile {

    static final int SAMPLE_RATE = 8000;

    private static final float FULL_SCALE = 32768f;

    private WavFile() {}

    /**
     * Reads a whole file.
     *
     * @return the samples in [-1, 1]
     * @throws DataException if the file is no WAV, is cut short, or is not 8 kHz mono 16-bit
     */
    static float[] read(Path file) {
        try (AudioInputStream stream = AudioSystem.getAudioInputStream(file.toFile())) {
            AudioFormat format = stream.getFormat();
            requireSupported(file, format);
            byte[] bytes = stream.readAllBytes();
            long announced = stream.getFrameLength() * format.getFrameSize();
            if (bytes.length != announced) {
                throw new DataException(
                        file,
                        "is cut short: the header announces %d bytes of sound, the file holds %d"
                                .formatted(announced, bytes.length));
            }
            if (bytes.length == 0) {
                throw new DataException(file, "holds no sound");
            }
            return decode(bytes);
        } catch (UnsupportedAudioFileException e) {
            throw new DataException(file, "is not a WAV file that can be decoded", e);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static void requireSupported(Path file, AudioFormat format) {
        boolean supported =
                format.getSampleRate() == SAMPLE_RATE
                        && format.getChannels() == 1
                        && format.getSampleSizeInBits() == 16
                        && format.getEncoding().equals(AudioFormat.Encoding.PCM_SIGNED)
                        && !format.isBigEndian();
        if (!supported) {
            throw new DataException(
                    file, "must be 8000 Hz mono 16-bit PCM, got %s".formatted(format));
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
}
