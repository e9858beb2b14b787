package org.ogm4j.study.data;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of decoded arrays a data set keeps. What does not fit is decoded again whenever it
 * is asked for, so a data set may be larger than memory, and its numbers are the same either way.
 *
 * @since 0.1.0
 */
public final class Memory {

    private final AtomicLong left;

    private Memory(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must be at least 0, got " + bytes);
        }
        this.left = new AtomicLong(bytes);
    }

    /**
     * A quarter of the largest heap that the Java machine may take ({@code -Xmx}).
     *
     * @return the default
     */
    public static Memory quarterOfHeap() {
        return new Memory(Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * So many bytes.
     *
     * @param bytes at least 0; 0 keeps nothing
     * @return that much
     */
    public static Memory bytes(long bytes) {
        return new Memory(bytes);
    }

    /** Whether these numbers may be kept; they count from then on. */
    boolean keeps(Values values) {
        long bytes = 4L * values.numbers().length;
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }
}
