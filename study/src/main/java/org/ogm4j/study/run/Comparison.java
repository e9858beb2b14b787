package org.ogm4j.study.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ogm4j.study.Run;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.store.RunLock;
import org.ogm4j.study.store.RunStore;

/**
 * Makes the runs that are missing. A run that fails does not keep the others from being made; one
 * that another process has under way is left to it, and made after all if that process ends without
 * it.
 */
public final class Comparison {

    private static final long LOOK_AGAIN_MILLIS = 500;

    private final List<Job> jobs;
    private final RunStore<RunRecord> store;
    private final Training training;
    private final Map<String, String> failures = new LinkedHashMap<>();

    /** Makes one run. */
    @FunctionalInterface
    public interface Training {

        /** Trains and measures. */
        Run run(Job job, Monitor monitor);
    }

    /** To make runs by the training given. */
    public Comparison(List<Job> jobs, RunStore<RunRecord> store, Training training) {
        this.jobs = List.copyOf(jobs);
        this.store = store;
        this.training = training;
    }

    /**
     * Makes what is missing, in the order of the jobs.
     *
     * @param task in front of the progress bar
     * @return the finished runs of all jobs, those of before included
     * @throws IOException if a result cannot be written
     */
    public List<RunRecord> complete(String task) throws IOException {
        List<Job> missing = missing(jobs);
        if (!missing.isEmpty()) {
            try (RunsProgress progress = new RunsProgress(task, missing)) {
                while (!missing.isEmpty()) {
                    List<Job> elsewhere = new ArrayList<>();
                    for (Job job : missing) {
                        if (!make(job, progress)) {
                            elsewhere.add(job);
                        }
                    }
                    missing =
                            elsewhere.size() < missing.size()
                                    ? elsewhere
                                    : waited(elsewhere, progress);
                }
            }
        }
        List<RunRecord> finished = new ArrayList<>();
        for (Job job : jobs) {
            store.find(job.key()).ifPresent(finished::add);
        }
        return finished;
    }

    /** What went wrong, by key. */
    public Map<String, String> failures() {
        return failures;
    }

    private List<Job> missing(List<Job> of) throws IOException {
        List<Job> missing = new ArrayList<>();
        for (Job job : of) {
            if (store.find(job.key()).isEmpty()) {
                missing.add(job);
            }
        }
        return missing;
    }

    private List<Job> waited(List<Job> elsewhere, RunsProgress progress) throws IOException {
        progress.begin("waiting for another process");
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another process made runs", e);
        }
        return elsewhere;
    }

    /** Makes a run, or sees that it is there; false if another process is at it. */
    @SuppressWarnings("try") // held until the block ends
    private boolean make(Job job, RunsProgress progress) throws IOException {
        Optional<RunLock> lock = store.lock(job.key());
        if (lock.isEmpty()) {
            return false;
        }
        RunLock held = lock.get();
        try (held) {
            if (store.find(job.key()).isEmpty()) {
                progress.run(job.key());
                train(job, progress);
            }
            progress.done(job);
            return true;
        }
    }

    private void train(Job job, Monitor monitor) throws IOException {
        long start = System.nanoTime();
        Run run;
        try {
            run = training.run(job, monitor);
        } catch (RuntimeException | OutOfMemoryError e) {
            failures.put(job.key(), e instanceof StudyException ? e.getMessage() : e.toString());
            store.failed(job.key(), e);
            return;
        }
        store.finished(RunRecord.of(job, run, (System.nanoTime() - start) / 1e9));
    }
}
