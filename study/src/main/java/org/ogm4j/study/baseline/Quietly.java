package org.ogm4j.study.baseline;

import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * Keeps from the console what DL4J prints there for each operation of an attention layer or another
 * layer made of SameDiff operations, when it first works out their gradients.
 */
public final class Quietly {

    private static final String CHATTER = "Added differentiated op ";

    private Quietly() {}

    /** Runs it. */
    public static void run(Runnable training) {
        PrintStream console = System.out;
        System.setOut(new Filter(console));
        try {
            training.run();
        } finally {
            System.setOut(console);
        }
    }

    private static final class Filter extends PrintStream {

        Filter(PrintStream console) {
            super(console, true, Charset.defaultCharset());
        }

        @Override
        public void println(String line) {
            if (line == null || !line.startsWith(CHATTER)) {
                super.println(line);
            }
        }
    }
}
