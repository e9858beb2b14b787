package org.ogm4j.examples.data;

import java.nio.file.Path;

/** The data on disk cannot be used. The message names the file or folder and says what is wrong. */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DataException(Path where, String problem) {
        super(where + ": " + problem);
    }

    DataException(Path where, String problem, Throwable cause) {
        super(where + ": " + problem, cause);
    }
}
