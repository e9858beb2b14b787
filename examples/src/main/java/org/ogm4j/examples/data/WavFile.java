package org.ogm4j.examples.data;

import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;

/** Decodes 8 kHz, mono, 16-bit PCM WAV files. */
final class WavFile {

    static final int SAMPLE_RATE = 8000;

    private WavFile() {}

    /**
     * Reads a whole file.
     *
     * @return the samples in [-1, 1]
     * @throws DataException if the file is no WAV, is cut short, or is not 8 kHz mono 16-bit
     */
    static float[] read(Path file) {
        return PcmStream.open(
                file,
                stream -> {
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
                    return PcmStream.samples(bytes);
                });
    }

    private static void requireSupported(Path file, AudioFormat format) {
        boolean supported = format.getSampleRate() == SAMPLE_RATE && PcmStream.isReadable(format);
        if (!supported) {
            throw new DataException(
                    file, "must be 8000 Hz mono 16-bit PCM, got %s".formatted(format));
        }
    }
}
