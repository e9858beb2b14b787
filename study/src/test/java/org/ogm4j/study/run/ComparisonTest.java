package org.ogm4j.study.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.Cost;
import org.ogm4j.study.Method;
import org.ogm4j.study.Nets;
import org.ogm4j.study.Point;
import org.ogm4j.study.Run;
import org.ogm4j.study.Scores;
import org.ogm4j.study.Split;
import org.ogm4j.study.StudyData;
import org.ogm4j.study.TrainingStep;
import org.ogm4j.study.store.RunStore;

class ComparisonTest {

    private static final Source SOURCE =
            new Source(
                    "mine",
                    seed -> Nets.concat(seed, "audio", "visual"),
                    new StudyData() {
                        @Override
                        public Split split(long seed, int fold) {
                            throw new AssertionError("nothing is trained");
                        }

                        @Override
                        public String digest(long seed, int fold) {
                            return "0123abcd";
                        }
                    });
    private static final Job FIRST = job("plain");
    private static final Job SECOND = job("ogm");
    private static final Job THIRD = job("ogm-ge");
    private static final List<Job> JOBS = List.of(FIRST, SECOND, THIRD);

    @TempDir Path folder;
    private final List<Job> made = new ArrayList<>();

    @Test
    void aFinishedRunIsNotMadeAgain() throws IOException {
        assertEquals(2, comparison(List.of(FIRST, SECOND), this::make).complete("study").size());
        made.clear();

        List<RunRecord> runs = comparison(JOBS, this::make).complete("study");

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
        assertThrows(LinkageError.class, () -> killed.complete("study"));
        assertEquals(List.of(FIRST), made);
        made.clear();

        assertEquals(3, comparison(JOBS, this::make).complete("study").size());
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

        assertEquals(2, broken.complete("study").size());
        assertEquals(List.of(SECOND.key()), List.copyOf(broken.failures().keySet()));
        assertTrue(broken.failures().get(SECOND.key()).contains("no luck"));
        made.clear();

        assertEquals(3, comparison(JOBS, this::make).complete("study").size());
        assertEquals(List.of(SECOND), made);
    }

    @Test
    void aDamagedRunIsMadeAgainAndNoOther() throws IOException {
        comparison(JOBS, this::make).complete("study");
        Path file = folder.resolve("runs").resolve(SECOND.key() + ".json");
        Files.writeString(file, Files.readString(file).substring(10));
        made.clear();

        assertEquals(3, comparison(JOBS, this::make).complete("study").size());
        assertEquals(List.of(SECOND), made);
    }

    /** A lock held elsewhere: the run is left out, and made once it is let go. */
    @Test
    void aRunThatIsUnderWayElsewhereIsWaitedFor() throws Exception {
        RunStore<RunRecord> elsewhere = store();
        var lock = elsewhere.lock(FIRST.key()).orElseThrow();
        CountDownLatch others = new CountDownLatch(2);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<List<RunRecord>> runs =
                    pool.submit(
                            () ->
                                    comparison(
                                                    JOBS,
                                                    (job, monitor) -> {
                                                        others.countDown();
                                                        return make(job, monitor);
                                                    })
                                            .complete("study"));
            others.await();
            lock.close();
            assertEquals(3, runs.get().size());
        } finally {
            pool.shutdownNow();
        }
        assertEquals(List.of(SECOND, THIRD, FIRST), made);
    }

    /** While the first is made, another process makes the others: none is made twice. */
    @Test
    void aRunThatWasMadeElsewhereIsNotMadeAgain() throws IOException {
        Comparison here =
                comparison(
                        JOBS,
                        (job, monitor) -> {
                            try {
                                comparison(List.of(SECOND, THIRD), this::make).complete("study");
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return make(job, monitor);
                        });

        assertEquals(3, here.complete("study").size());
        assertEquals(List.of(SECOND, THIRD, FIRST), made);
    }

    private RunStore<RunRecord> store() throws IOException {
        return new RunStore<>(folder, RunRecord.class, RunRecord::key);
    }

    private Comparison comparison(List<Job> jobs, Comparison.Training training) throws IOException {
        return new Comparison(jobs, store(), training);
    }

    private static Job job(String name) {
        return new Job(SOURCE, Map.of(), Method.plain().named(name), Point.OWN, 1, 0, 1);
    }

    private Run make(Job job, Monitor monitor) {
        monitor.begin("epoch");
        made.add(job);
        Scores half = new Scores(0.5, Samples.of(0.5, 0.5));
        TrainingStep step = new TrainingStep(1.5, 0.5, Samples.of(0.6, 0.2), Samples.of(1, 1));
        return new Run(
                null,
                "accuracy",
                List.of(step),
                List.of(half),
                half,
                half,
                Samples.of(0.7, 0.3),
                Samples.of(0.4, 0.2),
                10,
                5,
                new Cost(0.004, 5_000_000));
    }
}
