package org.ogm4j.examples.training;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** How many threads compute. */
public final class Threads {

    private Threads() {}

    /**
     * One: the arrays are so small that sharing one among threads gains little, and where something
     * else keeps the processor busy the threads wait for each other most of the time.
     */
    public static void useOne() {
        Nd4j.getExecutioner(); // loads the native library
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    }
}
