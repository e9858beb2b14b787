package org.ogm4j.examples.compare;

import org.ogm4j.examples.network.Accuracy;
import org.ogm4j.examples.training.Monitor;
import org.ogm4j.examples.training.Progress;
import org.ogm4j.examples.training.TrainingStep;

/** One progress bar over the steps of all runs that are missing. */
final class RunsProgress implements Monitor, AutoCloseable {

    private final int runs;
    private final int stepsPerRun;
    private final Progress bar;
    private String key = "";
    private int run;
    private int taken;

    RunsProgress(String task, int runs, int stepsPerRun) {
        this.runs = runs;
        this.stepsPerRun = stepsPerRun;
        this.bar = Progress.start(task, Math.multiplyExact(runs, stepsPerRun));
    }

    void begin(String next) {
        key = next;
        run++;
        taken = 0;
    }

    /** Goes over the steps that a run did not take because it failed. */
    void end() {
        bar.stepTo((long) run * stepsPerRun);
    }

    @Override
    public Epoch start(String task, int steps) {
        String message = " run %d/%d %s".formatted(run, runs, key);
        return new Epoch() {
            @Override
            public void step(TrainingStep step) {
                if (taken < stepsPerRun) { // what a method trains besides is not in the plan
                    taken++;
                    bar.step(message);
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void validated(String task, Accuracy accuracy) {}

    @Override
    public void close() {
        bar.close();
    }
}
