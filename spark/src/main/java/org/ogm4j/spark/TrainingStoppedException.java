package org.ogm4j.spark;

/**
 * A training on Spark was ended before its time: the message says why, and where to go on. The
 * network in memory is in some state in mid-epoch; the one to go on from is in the file.
 *
 * @since 0.1.0
 */
public final class TrainingStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TrainingStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
