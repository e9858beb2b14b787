package org.ogm4j.study;

/**
 * A study cannot be made, or its files cannot be used. The message says what to do.
 *
 * @since 0.1.0
 */
public final class StudyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With what is wrong.
     *
     * @param message what is wrong, and the way out
     */
    public StudyException(String message) {
        super(message);
    }

    /**
     * With what is wrong and where it came from.
     *
     * @param message what is wrong, and the way out
     * @param cause where it came from
     */
    public StudyException(String message, Throwable cause) {
        super(message, cause);
    }
}
