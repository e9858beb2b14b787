package org.ogm4j.study;

import java.nio.file.Path;

/** A small study in a process of its own, which may be killed. */
final class StudyProcess {

    private StudyProcess() {}

    static final String TRAINS = "trains seed ";

    /** Runs: two seeds, two methods and one that says what it does. */
    static final int RUNS = 6;

    /** Makes it in a folder. */
    public static void main(String[] args) throws Exception {
        Method telling =
                trial -> {
                    System.out.println(TRAINS + trial.seed());
                    return Course.of(trial.plain());
                };
        StudyResult result =
                Nets.study()
                        .methods(telling.named("telling"))
                        .seeds(1, 2)
                        .folds(1)
                        .run(Path.of(args[0]));
        System.exit(result.isComplete() ? 0 : 1);
    }

    static Process start(Path folder, Path log) throws Exception {
        return JavaProcess.of(StudyProcess.class, folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
