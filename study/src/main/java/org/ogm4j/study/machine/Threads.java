package org.ogm4j.study.machine;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** How many threads compute. */
public final class Threads {

    private Threads() {}

    /**
     * One: the arrays of small networks are so small that sharing one among threads gains little,
     * and where something else keeps the processor busy the threads wait for each other most of the
     * time.
     */
    public static void useOne() {
        use(1);
    }

    /** So many, at least 1. */
    public static void use(int count) {
        Nd4j.getExecutioner(); // loads the native library
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(count);
    }
}
