package org.ogm4j.examples.crema;

import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import org.ogm4j.examples.data.DataException;
import org.ogm4j.examples.data.PcmStream;

/** Decodes mono 16-bit PCM WAV files of any sample rate from 8 to 96 kHz. */
final class PcmFile {

    private static final int LOWEST_RATE = 8_000;
    private static final int HIGHEST_RATE = 96_000;

    private PcmFile() {}

    /**
     * Reads a whole file.
     *
     * @throws DataException if the file is no WAV, is cut short, holds no sound, or has another
     *     format
     */
    static Sound read(Path file) {
        return PcmStream.open(
                file,
                stream -> {
                    AudioFormat format = stream.getFormat();
                    requireSupported(file, format);
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
                    return new Sound((int) format.getSampleRate(), PcmStream.samples(bytes));
                });
    }

    /**
     * Whether the header announces any sound; reads no more than the header.
     *
     * @throws DataException if the file is no WAV or has another format
     */
    static boolean holdsSound(Path file) {
        return PcmStream.open(
                file,
                stream -> {
                    requireSupported(file, stream.getFormat());
                    return stream.getFrameLength() > 0;
                });
    }

    private static void requireSupported(Path file, AudioFormat format) {
        float rate = format.getSampleRate();
        boolean supported =
                rate >= LOWEST_RATE
                        && rate <= HIGHEST_RATE
                        && rate == (int) rate
                        && PcmStream.isReadable(format);
        if (!supported) {
            throw new DataException(
                    file,
                    "must be mono 16-bit PCM of %d to %d Hz, got %s"
                            .formatted(LOWEST_RATE, HIGHEST_RATE, format));
        }
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
