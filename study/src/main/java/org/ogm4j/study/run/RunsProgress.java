package org.ogm4j.study.run;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ogm4j.study.Scores;
import org.ogm4j.study.TrainingStep;

/** One progress bar over the epochs of all runs that are missing. */
final class RunsProgress implements Monitor, AutoCloseable {

    /** So that it moves within an epoch too, once it is known how many steps that has. */
    private static final long EPOCH = 1000;

    private final int runs;
    private final Progress bar;
    private final Set<Job> done = new HashSet<>();
    private long behind;
    private int stepsPerEpoch;
    private int taken;
    private int epochs;
    private String run = "";
    private String task = "";

    RunsProgress(String task, List<Job> missing) {
        this.runs = missing.size();
        this.bar = Progress.start(task, EPOCH * missing.stream().mapToLong(Job::epochs).sum());
    }

    /** A run begins. */
    void run(String name) {
        run = "run %d/%d %s".formatted(done.size() + 1, runs, name);
        taken = 0;
        epochs = 0;
    }

    /** Goes over what a run did not take because it failed or was made elsewhere. */
    void done(Job job) {
        if (done.add(job)) {
            behind += EPOCH * job.epochs();
        }
        epochs = 0;
        bar.stepTo(behind);
    }

    @Override
    public void begin(String what) {
        task = what;
        taken = 0;
        bar.message(" %s, %s".formatted(run, task));
    }

    @Override
    public void step(TrainingStep step) {
        taken++;
        long within = stepsPerEpoch == 0 ? 0 : Math.min(EPOCH, EPOCH * taken / stepsPerEpoch);
        bar.message(
                String.format(
                        Locale.ROOT, " %s, %s step %d loss %.3f", run, task, taken, step.loss()));
        bar.stepTo(behind + EPOCH * epochs + within);
    }

    @Override
    public void validated(int epoch, Scores scores) {
        stepsPerEpoch = Math.max(1, taken);
        epochs = epoch + 1;
        bar.stepTo(behind + EPOCH * epochs);
    }

    @Override
    public void close() {
        bar.close();
    }
}
