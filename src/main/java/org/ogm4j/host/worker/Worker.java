package org.ogm4j.host.worker;

import org.ogm4j.math.CounterGaussian;

/**
 * Which of the workers that train copies of one network this thread is. A worker has its number
 * from DL4J: in {@code ParallelWrapper} that of its thread, in Spark's parameter averaging that of
 * the partition, which a task that is run again keeps.
 */
public final class Worker {

    /** What {@code ParallelWrapper} calls its threads, before their number. */
    private static final String WRAPPER = "ParallelWrapper training thread ";

    private Worker() {}

    /**
     * The seed of the worker that this thread is.
     *
     * @param seed of the run
     * @return the same on the first worker and on every thread that is none; elsewhere another one
     */
    public static long seed(long seed) {
        return CounterGaussian.seedOf(seed, here());
    }

    /**
     * The number of the worker that this thread is.
     *
     * @return 0 for the first one, and for a thread that is none
     */
    public static long here() {
        int replica = numberOf(Thread.currentThread().getName());
        return replica < 0 ? SparkTask.partition() : ((long) SparkTask.executor() << 32) + replica;
    }

    /** The number in the name of a thread of {@code ParallelWrapper}, -1 if it is another name. */
    private static int numberOf(String thread) {
        boolean wrapper = thread.startsWith(WRAPPER);
        try {
            return wrapper
                    ? Integer.parseUnsignedInt(thread, WRAPPER.length(), thread.length(), 10)
                    : -1;
        } catch (NumberFormatException notOne) {
            return -1;
        }
    }
}
