package org.ogm4j.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** What exceptions say. */
public final class Thrown {

    private Thrown() {}

    /** Asserts that some code throws, and gives the message. */
    public static String message(Class<? extends Throwable> type, Executable code) {
        return assertThrows(type, code).getMessage();
    }
}
