package org.ogm4j.study.store;

import java.nio.file.Path;
import org.ogm4j.study.JavaProcess;
import org.ogm4j.study.run.RunRecord;

/** Another process, which wants to make a run. */
final class LockProcess {

    static final int TAKEN = 3;
    static final int REFUSED = 4;

    private LockProcess() {}

    /** Takes a lock if it can, and ends. */
    public static void main(String[] args) throws Exception {
        RunStore<RunRecord> store =
                new RunStore<>(Path.of(args[0]), RunRecord.class, RunRecord::key);
        System.exit(store.lock(args[1]).isPresent() ? TAKEN : REFUSED);
    }

    /** What it says. */
    static int ask(Path folder, String key) throws Exception {
        return JavaProcess.of(LockProcess.class, folder.toString(), key)
                .inheritIO()
                .start()
                .waitFor();
    }
}
