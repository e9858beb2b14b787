package org.ogm4j.study.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.JavaProcess;
import org.ogm4j.study.data.files.FileBytes;
import org.ogm4j.study.table.Csv;

/**
 * The program in processes of its own: killed ({@code -Dstudy.kills=10} times), and two at once.
 */
class KilledCommandTest {

    private static final int KILLS = Integer.getInteger("study.kills", 2);
    private static final int RUNS = 4;
    private static final List<String> PASSING =
            List.of("step_millis", "overhead", "peak_megabytes");

    @TempDir static Path data;
    @TempDir Path folder;
    private static Path json;
    private static long millis;
    private static List<String> unbroken;

    @BeforeAll
    static void makeItUnbroken() throws Exception {
        MadeFolder.mosi(data, 24, 12);
        json = data.resolve("study.json");
        Files.writeString(json, STUDY);
        Path out = data.resolve("unbroken");
        long start = System.nanoTime();
        assertEquals(0, start(out).waitFor(), () -> said(out));
        millis = (System.nanoTime() - start) / 1_000_000;
        unbroken = lasting(out);
        assertEquals(RUNS + 1, unbroken.size());
    }

    /** Each time in another part of the time that all runs take, in any order. */
    @Test
    void whatIsKilledAgainAndAgainEndsWithTheSameResults() throws Exception {
        Random random = new Random(1);
        List<Integer> parts = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            parts.add(i);
        }
        Collections.shuffle(parts, random);
        Map<Path, String> seen = new HashMap<>();
        for (int part : parts) {
            Process process = start(folder);
            long until = (long) (millis * (part + random.nextDouble()) / KILLS);
            if (!process.waitFor(until, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            lookAtRuns(seen);
        }

        assertEquals(0, start(folder).waitFor(), () -> said(folder));

        lookAtRuns(seen);
        assertEquals(RUNS, seen.size());
        assertEquals(unbroken, lasting(folder));
    }

    @Test
    void twoProcessesMakeEveryRunOnce() throws Exception {
        Process first = start(folder);
        Process second = start(folder);
        Map<Path, String> seen = new HashMap<>();
        while (first.isAlive() || second.isAlive()) {
            lookAtRuns(seen);
            Thread.sleep(10);
        }

        assertEquals(
                List.of(0, 0), List.of(first.exitValue(), second.exitValue()), () -> said(folder));
        lookAtRuns(seen);
        assertEquals(RUNS, seen.size());
        assertEquals(unbroken, lasting(folder));
    }

    /** A run that is there is never written again: the same file at the same time. */
    private void lookAtRuns(Map<Path, String> seen) throws IOException {
        if (!Files.isDirectory(folder.resolve("runs"))) {
            return;
        }
        try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
            for (Path run : files.filter(each -> each.toString().endsWith(".json")).toList()) {
                String now =
                        Files.getLastModifiedTime(run) + " " + Files.getAttribute(run, "unix:ino");
                assertEquals(seen.getOrDefault(run, now), now, run.toString());
                seen.put(run, now);
            }
        }
    }

    private static Process start(Path out) throws IOException {
        return JavaProcess.of(Main.class, "run", json.toString(), "--out", out.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(out).toFile()))
                .start();
    }

    private static Path log(Path out) {
        return data.resolve(out.getFileName() + ".log");
    }

    private static String said(Path out) {
        return FileBytes.text(log(out));
    }

    /** The lines of results.csv without times and memory. */
    private static List<String> lasting(Path out) throws IOException {
        List<List<String>> rows =
                Files.readAllLines(out.resolve("results.csv")).stream().map(Csv::fields).toList();
        List<String> columns = rows.get(0);
        assertTrue(columns.containsAll(PASSING), columns.toString());
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> kept = new ArrayList<>();
            for (int c = 0; c < columns.size(); c++) {
                if (!PASSING.contains(columns.get(c))) {
                    kept.add(row.get(c));
                }
            }
            lines.add(String.join(",", kept));
        }
        return lines;
    }

    private static final String STUDY =
            """
            {"data": {"kind": "files",
               "labels": {"kind": "csv", "files": ["text_train0.csv"], "header": false,
                          "label": "101"},
               "modalities": [
                 {"kind": "csv", "name": "text", "files": ["text_train0.csv"], "header": false,
                  "columns": "1..100"},
                 {"kind": "csv", "name": "audio", "files": ["audio_train0.csv"], "header": false,
                  "columns": "1..73"}]},
             "network": {"encoders": {"text": {"kind": "dense", "sizes": [4]},
                                      "audio": {"kind": "dense", "sizes": [4]}}},
             "methods": ["plain", "ogm-ge"], "seeds": [1, 2], "epochs": 2, "batch": 8}
            """;
}
