package org.ogm4j.examples.data;

import java.nio.file.Path;

/** The data on disk cannot be used. The message names the file or folder and says what is wrong. */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with a file or folder. */
    public DataException(Path where, String problem) {
        super(where + ": " + problem);
    }

    /** What is wrong with a file or folder, and what was thrown because of it. */
    public DataException(Path where, String problem, Throwable cause) {
        super(where + ": " + problem, cause);
    }
}
