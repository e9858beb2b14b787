package org.ogm4j.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.examples.network.Accuracy;
import org.ogm4j.examples.training.Method;
import org.ogm4j.examples.training.Monitor;
import org.ogm4j.examples.training.Run;

class ComparisonTest {

    private static final Job FIRST = Samples.job(Method.PLAIN, Imbalance.MEDIUM, 1);
    private static final Job SECOND = Samples.job(Method.OGM, Imbalance.MEDIUM, 1);
    private static final Job THIRD = Samples.job(Method.OGM_GE, Imbalance.MEDIUM, 1);
    private static final List<Job> JOBS = List.of(FIRST, SECOND, THIRD);

    @TempDir Path folder;
    private final List<Job> made = new ArrayList<>();

    @Test
    void aFinishedRunIsNotMadeAgain() throws IOException {
        assertEquals(
                2, comparison(List.of(FIRST, SECOND), this::make).complete("compare", 1).size());
        made.clear();

        List<RunRecord> runs = comparison(JOBS, this::make).complete("compare", 1);

        assertEquals(List.of(THIRD), made);
        assertEquals(
                JOBS.stream().map(Job::key).toList(), runs.stream().map(RunRecord::key).toList());
    }

    /** An error that nothing catches, as if the process had ended. */
    @Test
    void aKilledRunIsStartedAgain() throws IOException {
        Comparison killed =
                comparison(
                        JOBS,
                        (job, monitor) -> {
                            if (job.equals(SECOND)) {
                                throw new LinkageError("killed");
                            }
                            return make(job, monitor);
                        });
        assertThrows(LinkageError.class, () -> killed.complete("compare", 1));
        assertEquals(List.of(FIRST), made);
        made.clear();

        assertEquals(3, comparison(JOBS, this::make).complete("compare", 1).size());
        assertEquals(List.of(SECOND, THIRD), made);
    }

    @Test
    void theOthersGoOnAfterAnError() throws IOException {
        Comparison broken =
                comparison(
                        JOBS,
                        (job, monitor) -> {
                            if (job.equals(SECOND)) {
                                throw new IllegalStateException("no luck");
                            }
                            return make(job, monitor);
                        });

        assertEquals(2, broken.complete("compare", 1).size());
        assertEquals(List.of(SECOND.key()), List.copyOf(broken.failures().keySet()));
        StringWriter err = new StringWriter();
        assertEquals(1, CompareCommand.report(broken.failures(), new PrintWriter(err)));
        assertTrue(
                err.toString().matches("error: ogm-seed1-medium-digits-\\w+: .*no luck\\R"),
                err.toString());
        made.clear();

        Comparison again = comparison(JOBS, this::make);
        assertEquals(3, again.complete("compare", 1).size());
        assertEquals(List.of(SECOND), made);
        assertEquals(0, CompareCommand.report(again.failures(), new PrintWriter(err)));
    }

    private Comparison comparison(List<Job> jobs, Comparison.Training training) throws IOException {
        return new Comparison(jobs, new RunStore(folder), training);
    }

    private Run make(Job job, Monitor monitor) {
        monitor.start("epoch", 1).close();
        made.add(job);
        return Samples.run(job.method(), new Accuracy(0.5, 0.5, 0.5));
    }
}
