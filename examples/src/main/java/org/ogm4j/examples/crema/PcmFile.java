package org.ogm4j.examples.crema;

import java.nio.file.Path;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.sound.Sound;
import org.ogm4j.study.data.sound.WavFile;
import org.ogm4j.study.data.sound.WavFormat;

/** Reads mono 16-bit PCM WAV files of any sample rate from 8 to 96 kHz. */
final class PcmFile {

    private static final int LOWEST_RATE = 8_000;
    private static final int HIGHEST_RATE = 96_000;

    private PcmFile() {}

    /**
     * Reads a whole file.
     *
     * @throws DataException if the file is no WAV, is cut off, holds no sound, or has another
     *     format
     */
    static Sound read(Path file) {
        requireSupported(file, WavFile.format(file));
        return WavFile.read(file);
    }

    /**
     * Whether the header announces any sound; reads no more than the header.
     *
     * @throws DataException if the file is no WAV or has another format
     */
    static boolean holdsSound(Path file) {
        WavFormat format = WavFile.format(file);
        requireSupported(file, format);
        return format.frames() > 0;
    }

    private static void requireSupported(Path file, WavFormat format) {
        boolean supported =
                format.rate() >= LOWEST_RATE
                        && format.rate() <= HIGHEST_RATE
                        && format.channels() == 1
                        && format.bits() == 16;
        if (!supported) {
            throw new DataException(
                    file,
                    "must be mono 16-bit PCM of %d to %d Hz, got %s"
                            .formatted(LOWEST_RATE, HIGHEST_RATE, format));
        }
    }
}
