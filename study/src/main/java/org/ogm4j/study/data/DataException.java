package org.ogm4j.study.data;

import java.nio.file.Path;

/**
 * The data on disk cannot be used. The message names the file or folder, the line or byte where
 * there is one, and says what is wrong.
 *
 * @since 0.1.0
 */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * What is wrong with a file or folder.
     *
     * @param where the file or folder
     * @param problem what must be, and what was found
     */
    public DataException(Path where, String problem) {
        super(where + ": " + problem);
    }

    /**
     * What is wrong with a file or folder, and what was thrown because of it.
     *
     * @param where the file or folder
     * @param problem what must be, and what was found
     * @param cause what was thrown
     */
    public DataException(Path where, String problem, Throwable cause) {
        super(where + ": " + problem, cause);
    }

    /** A message that names all places itself. */
    DataException(String message) {
        super(message);
    }

    /**
     * What is wrong in a line of a text file.
     *
     * @param file the file
     * @param line its number, from 1
     * @param problem what must be, and what was found
     * @return the exception
     */
    public static DataException atLine(Path file, long line, String problem) {
        return new DataException(file + ":" + line + ": " + problem);
    }

    /**
     * What is wrong at a place of a binary file.
     *
     * @param file the file
     * @param offset of the byte, from 0
     * @param problem what must be, and what was found
     * @return the exception
     */
    public static DataException atByte(Path file, long offset, String problem) {
        return new DataException("%s: at byte %d: %s".formatted(file, offset, problem));
    }
}
