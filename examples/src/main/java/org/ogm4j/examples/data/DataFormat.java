package org.ogm4j.examples.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.ogm4j.study.data.DataException;

/** The folder layouts that can be read. */
public enum DataFormat {

    /**
     * One folder per part, {@code train}, {@code validation} and {@code test}. Each holds {@code
     * audio/{digit}_{voice}_{index}.wav}, {@code images-idx3-ubyte.gz} and {@code
     * labels-idx1-ubyte.gz}.
     */
    DIGITS {
        @Override
        DigitData readFolder(Path folder) {
            return new DigitData(
                    part(folder.resolve("train")),
                    part(folder.resolve("validation")),
                    part(folder.resolve("test")));
        }

        private Split part(Path folder) {
            requireFolder(folder);
            Path audio = folder.resolve("audio");
            List<Recording> recordings = RecordingFolder.read(audio, index -> true);
            return Split.of(recordings, audio, PictureFolder.read(folder), folder);
        }
    },

    /**
     * The Free Spoken Digit Dataset in {@code fsdd} and MNIST's 10,000 test images in {@code
     * mnist}. FSDD is split as usual, recordings 0 to 4 of each speaker and digit for the test, the
     * rest for training, of which 5 to 9 are held out for validation. MNIST: the last 2,000 images
     * for the test, of the others the last 1,000 for validation.
     */
    AV_DIGITS {
        @Override
        DigitData readFolder(Path folder) {
            Path fsdd = folder.resolve("fsdd");
            Path mnist = folder.resolve("mnist");
            List<Picture> pictures = PictureFolder.read(mnist);
            if (pictures.size() != MNIST_IMAGES) {
                throw new DataException(
                        mnist, "must hold 10000 images, got %d".formatted(pictures.size()));
            }
            return new DigitData(
                    Split.of(
                            RecordingFolder.read(fsdd, index -> index >= 10),
                            fsdd,
                            pictures.subList(0, 7_000),
                            mnist),
                    Split.of(
                            RecordingFolder.read(fsdd, index -> index >= 5 && index < 10),
                            fsdd,
                            pictures.subList(7_000, 8_000),
                            mnist),
                    Split.of(
                            RecordingFolder.read(fsdd, index -> index < 5),
                            fsdd,
                            pictures.subList(8_000, MNIST_IMAGES),
                            mnist));
        }
    },

    /** Clips of CREMA-D, which are no digits: another class reads them. */
    CREMA_D {
        @Override
        DigitData readFolder(Path folder) {
            throw new DataException(folder, "holds clips by its format, not digits");
        }
    };

    private static final int MNIST_IMAGES = 10_000;

    /**
     * Reads a folder of this layout.
     *
     * @throws DataException if anything in it is missing or cannot be used, or if the layout is not
     *     of digits
     */
    public DigitData read(Path folder) {
        requireFolder(folder);
        return readFolder(folder);
    }

    abstract DigitData readFolder(Path folder);

    private static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder, "no such folder");
        }
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
