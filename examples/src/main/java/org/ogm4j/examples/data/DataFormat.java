package org.ogm4j.examples.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.files.DigitFiles;

/** The folder layouts that can be read. */
public enum DataFormat {

    /** Digits, one folder per part, as they are shipped. */
    DIGITS,

    /** The Free Spoken Digit Dataset in {@code fsdd} and MNIST's test images in {@code mnist}. */
    AV_DIGITS,

    /** Clips of CREMA-D, which are no digits: another class reads them. */
    CREMA_D;

    /**
     * Reads digits in a folder of this layout, see {@link DigitFiles}.
     *
     * @throws DataException if anything in it is missing or cannot be used, or if the layout is not
     *     of digits
     */
    public DigitData read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder, "no such folder");
        }
        if (this == CREMA_D) {
            throw new DataException(folder, "holds clips by its format, not digits");
        }
        DigitFiles files = new DigitFiles(folder, this == AV_DIGITS);
        return new DigitData(
                Split.of(files.part("train")),
                Split.of(files.part("validation")),
                Split.of(files.part("test")));
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
