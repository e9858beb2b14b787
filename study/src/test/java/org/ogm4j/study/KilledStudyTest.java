package org.ogm4j.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.table.Csv;

/**
 * Processes on one folder. How often one is killed: {@code -Dstudy.kills=10}, each time later or
 * earlier by chance.
 */
class KilledStudyTest {

    private static final int KILLS = Integer.getInteger("study.kills", 2);

    @TempDir static Path unbroken;
    @TempDir Path folder;
    private static long millis;

    @BeforeAll
    static void makeItUnbroken() throws Exception {
        long start = System.nanoTime();
        assertEquals(0, StudyProcess.start(unbroken, unbroken.resolve("log")).waitFor());
        millis = (System.nanoTime() - start) / 1_000_000;
    }

    @Test
    void whatWasKilledGoesOnAndEndsWithTheSameResults() throws Exception {
        Random random = new Random(KILLS);
        Map<Path, FileTime> finished = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = StudyProcess.start(folder, folder.resolve("log"));
            long until = (long) (millis * random.nextDouble());
            if (!process.waitFor(until, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            remember(finished);
        }

        assertEquals(0, StudyProcess.start(folder, folder.resolve("log")).waitFor(), log(folder));
        remember(finished);

        assertEquals(StudyProcess.RUNS, finished.size());
        assertEquals(results(unbroken), results(folder));
    }

    /** No run that was finished has been written again. */
    private void remember(Map<Path, FileTime> finished) throws IOException {
        Path runs = folder.resolve("runs");
        if (!Files.exists(runs)) {
            return;
        }
        try (Stream<Path> files = Files.list(runs)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
                FileTime time = Files.getLastModifiedTime(file);
                assertEquals(time, finished.getOrDefault(file, time), file.toString());
                finished.put(file, time);
            }
        }
    }

    @Test
    void twoProcessesShareTheRuns() throws Exception {
        Process first = StudyProcess.start(folder, folder.resolve("log"));
        Process second = StudyProcess.start(folder, folder.resolve("log2"));

        assertEquals(0, first.waitFor(), log(folder));
        assertEquals(0, second.waitFor(), Files.readString(folder.resolve("log2")));

        assertEquals(results(unbroken), results(folder));
        assertFalse(log(folder).contains("error"), log(folder));
        assertEquals(1, told(1), "trainings of seed 1");
        assertEquals(1, told(2), "trainings of seed 2");
        try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
            assertEquals(
                    StudyProcess.RUNS, files.count(), "one file for each run and nothing else");
        }
    }

    /** How often both processes together trained a seed with the method that tells. */
    private int told(long seed) throws IOException {
        String both = log(folder) + Files.readString(folder.resolve("log2"));
        return both.split(StudyProcess.TRAINS + seed, -1).length - 1;
    }

    private static String log(Path folder) throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** The lines of results.csv without times and memory. */
    private static List<String> results(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("results.csv"));
        List<String> columns = Csv.fields(lines.get(0));
        List<Integer> lasting =
                Stream.iterate(0, i -> i + 1)
                        .limit(columns.size())
                        .filter(
                                i ->
                                        !List.of("step_millis", "overhead", "peak_megabytes")
                                                .contains(columns.get(i)))
                        .toList();
        assertTrue(lasting.size() == columns.size() - 3);
        return lines.stream()
                .map(Csv::fields)
                .map(row -> lasting.stream().map(row::get).collect(Collectors.joining(",")))
                .toList();
    }
}
