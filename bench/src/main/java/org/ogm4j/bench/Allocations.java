package org.ogm4j.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What one step allocates, which unlike its time is the same on a busy machine.
 *
 * @param buffers of ND4J, views and those in workspaces included
 * @param bytes on the Java heap
 */
record Allocations(double buffers, double bytes) {

    private static final int STEPS = 21;

    /** Of the median step, on this thread. */
    static Allocations of(FitStepBenchmark.Step step) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long[] buffers = new long[STEPS];
        long[] bytes = new long[STEPS];
        for (int i = 0; i < STEPS; i++) {
            // every buffer takes the next number, and so does each of the two questions
            long first = Nd4j.getDeallocatorService().nextValue();
            long before = threads.getThreadAllocatedBytes(thread);
            step.run();
            bytes[i] = threads.getThreadAllocatedBytes(thread) - before;
            buffers[i] = Nd4j.getDeallocatorService().nextValue() - first - 1;
        }
        Arrays.sort(buffers);
        Arrays.sort(bytes);
        return new Allocations(buffers[STEPS / 2], bytes[STEPS / 2]);
    }

    Allocations minus(Allocations other) {
        return new Allocations(buffers - other.buffers, bytes - other.bytes);
    }
}
