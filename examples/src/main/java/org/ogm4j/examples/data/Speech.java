package org.ogm4j.examples.data;

import java.nio.file.Path;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.sound.WavFile;
import org.ogm4j.study.data.sound.WavFormat;

/** Reads 8 kHz, mono, 16-bit PCM WAV files. */
final class Speech {

    static final int SAMPLE_RATE = 8000;

    private Speech() {}

    /**
     * Reads a whole file.
     *
     * @return the samples in [-1, 1]
     * @throws DataException if the file is no WAV, is cut off, or is not 8 kHz mono 16-bit
     */
    static float[] read(Path file) {
        WavFormat format = WavFile.format(file);
        if (format.rate() != SAMPLE_RATE || format.channels() != 1 || format.bits() != 16) {
            throw new DataException(file, "must be 8000 Hz mono 16-bit PCM, got " + format);
        }
        return WavFile.read(file).floats();
    }
}
