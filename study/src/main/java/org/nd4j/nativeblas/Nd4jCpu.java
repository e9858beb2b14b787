package org.nd4j.nativeblas;

/**
 * Where DL4J 1.0.0-M2.1 looks for ND4J's class of this name, which has moved to another package:
 * without an answer from here DL4J never uses oneDNN. Passes the question on.
 *
 * <p>Not part of the library: a program that wants oneDNN has a copy of this file, see the guide.
 */
public final class Nd4jCpu {

    private Nd4jCpu() {}

    /** What DL4J asks by reflection. */
    public static final class Environment {

        private static final Environment INSTANCE = new Environment();

        private Environment() {}

        /** The only one. */
        public static Environment getInstance() {
            return INSTANCE;
        }

        /** Whether the native library has oneDNN, and it is not switched off there. */
        public boolean isUseMKLDNN() {
            NativeOps library = NativeOpsHolder.getInstance().getDeviceNativeOps();
            return library.buildInfo().contains("HAVE_ONEDNN")
                    && org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance()
                            .isUseONEDNN();
        }
    }
}
