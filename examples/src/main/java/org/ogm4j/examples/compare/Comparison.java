package org.ogm4j.examples.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.signal.SignalPath;
import org.ogm4j.examples.training.DigitSource;
import org.ogm4j.examples.training.Monitor;
import org.ogm4j.examples.training.Run;
import org.ogm4j.examples.training.Settings;
import org.ogm4j.examples.training.Trainer;

/** Makes the runs that are missing. A run that fails does not keep the others from being made. */
final class Comparison {

    private final List<Job> jobs;
    private final RunStore store;
    private final Training training;
    private final Map<String, String> failures = new LinkedHashMap<>();

    /** Makes one run. */
    @FunctionalInterface
    interface Training {
        Run run(Job job, Monitor monitor);
    }

    /** To make runs by the training given. */
    Comparison(List<Job> jobs, RunStore store, Training training) {
        this.jobs = List.copyOf(jobs);
        this.store = store;
        this.training = training;
    }

    /**
     * Makes what is missing, in the order of the jobs.
     *
     * @param task in front of the progress bar
     * @param stepsPerRun for the progress bar
     * @return the finished runs of all jobs, those of before included
     * @throws IOException if a result cannot be written
     */
    List<RunRecord> complete(String task, int stepsPerRun) throws IOException {
        List<Job> missing = jobs.stream().filter(job -> store.find(job.key()).isEmpty()).toList();
        if (!missing.isEmpty()) {
            try (RunsProgress progress = new RunsProgress(task, missing.size(), stepsPerRun)) {
                for (Job job : missing) {
                    progress.begin(job.key());
                    make(job, progress);
                    progress.end();
                }
            }
        }
        List<RunRecord> finished = new ArrayList<>();
        jobs.forEach(job -> store.find(job.key()).ifPresent(finished::add));
        return finished;
    }

    /** What went wrong, by key. */
    Map<String, String> failures() {
        return failures;
    }

    private void make(Job job, Monitor monitor) throws IOException {
        if (store.find(job.key()).isPresent()) {
            return; // another process was faster
        }
        long start = System.nanoTime();
        Run run;
        try {
            run = training.run(job, monitor);
        } catch (RuntimeException | OutOfMemoryError e) {
            failures.put(job.key(), e.toString());
            store.failed(job.key(), e);
            return;
        }
        store.finished(RunRecord.of(job, run, (System.nanoTime() - start) / 1e9));
    }

    /** Trains on the data; prepares them once for jobs of equal noise and seed that follow. */
    static Training on(DigitData data) {
        return new Training() {
            private SignalPath signals;
            private Imbalance imbalance;
            private long seed;

            @Override
            public Run run(Job job, Monitor monitor) {
                Settings settings = job.settings();
                if (signals == null || imbalance != job.imbalance() || seed != settings.seed()) {
                    imbalance = job.imbalance();
                    seed = settings.seed();
                    signals = SignalPath.fit(data.train(), imbalance.noise(job.format()), seed);
                }
                return new Trainer(new DigitSource(data, signals), settings, monitor)
                        .train(job.method());
            }
        };
    }
}
