package org.ogm4j.study.watch;

import java.io.Closeable;
import java.io.IOException;

/** Closes what may be closed already, or broken: every write was flushed before. */
final class Quiet {

    private Quiet() {}

    static void close(Closeable file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // what made it fail was said where it was written
        }
    }
}
