package org.ogm4j.study.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.table.Csv;

/** The programs, from a folder to a report. */
class CommandLineTest {

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int study(String... args) {
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** Both modalities tell the class: after 4 epochs every method is right nearly always. */
    @Test
    void aFolderOfSoundsAndPicturesBecomesAStudyAndAReport() throws IOException {
        MadeFolder.soundsAndImages(folder, 80);

        assertEquals(0, study("init", folder.toString()), err.toString());
        Path json = folder.resolve("study.json");
        Files.writeString(
                json,
                Files.readString(json)
                        .replace("[1, 2, 3]", "[6]")
                        .replace("\"epochs\": 10", "\"epochs\": 4"));
        assertEquals(0, study("check", json.toString()), err.toString());
        assertTrue(out.toString().contains("80 examples, 2 modalities"), out.toString());
        assertTrue(out.toString().contains("5 runs of 4 epochs of 8 steps"), out.toString());
        assertEquals(0, study("run", json.toString()), err.toString());

        List<List<String>> rows =
                Files.readAllLines(folder.resolve("results/results.csv")).stream()
                        .map(Csv::fields)
                        .toList();
        int fused = rows.get(0).indexOf("fused");
        assertEquals(6, rows.size());
        assertEquals(
                List.of("plain", "picture only", "sound only", "uniform", "ogm-ge"),
                rows.stream().skip(1).map(row -> row.get(rows.get(0).indexOf("method"))).toList());
        for (List<String> row : rows.subList(1, rows.size())) {
            assertTrue(Double.parseDouble(row.get(fused)) >= 0.75, row.toString());
            assertEquals("6", row.get(rows.get(0).indexOf("seed")));
        }
        String data = folder.getFileName().toString();
        String report = Files.readString(folder.resolve("results/report.html"));
        assertTrue(report.contains("<title>Methods compared on " + data + "</title>"), report);
        // one set of data needs no links, and a network of one modality is not the one to show
        assertFalse(report.contains("<nav"), report);
        assertTrue(report.contains("uniform minus plain, in points"), report);
        assertTrue(out.toString().contains("### " + data), out.toString());
        assertTrue(out.toString().contains("Data %s: 80".formatted(data)), out.toString());
        try (Stream<Path> runs = Files.list(folder.resolve("results/runs"))) {
            // runs of before the folder had a say in the title are found
            assertEquals(5, runs.filter(run -> run.toString().contains("-fold0-data-")).count());
        }
        assertTrue(out.toString().contains("5 of 5 runs finished"), out.toString());
    }

    /** Again nothing is trained: files of runs keep their times. */
    @Test
    void threeModalitiesNobodyWroteAClassFor() throws IOException {
        MadeFolder.mosi(folder, 40, 20);
        Files.writeString(folder.resolve("study.json"), MOSI);

        assertEquals(0, study("run", file("study.json")), err.toString());
        List<Object> before = times();
        assertEquals(0, study("run", file("study.json")), err.toString());

        assertEquals(4, before.size());
        assertEquals(before, times());
        String csv = Files.readString(folder.resolve("there/results.csv"));
        assertTrue(csv.contains("clean") && csv.contains("-10 dB"), csv);
    }

    private List<Object> times() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("there/runs"))) {
            return runs.sorted()
                    .map(run -> (Object) (run + " " + run.toFile().lastModified()))
                    .toList();
        }
    }

    @Test
    void aFileThatIsThereIsKept() throws IOException {
        MadeFolder.soundsAndImages(folder, 8);
        Files.writeString(folder.resolve("study.json"), "mine");

        assertEquals(2, study("init", folder.toString()));
        assertEquals("mine", Files.readString(folder.resolve("study.json")));
        assertTrue(err.toString().contains("study.json is there already: --force replaces it"));
        assertEquals(0, study("init", "--force", folder.toString()), err.toString());
    }

    @Test
    void examplesThatLackAModalityAreLeftOutOfADraft() throws IOException {
        MadeFolder.soundsAndImages(folder, 12);
        Files.delete(folder.resolve("picture/c003.png"));

        assertEquals(0, study("init", folder.toString()), err.toString());

        String draft = Files.readString(folder.resolve("study.json"));
        assertTrue(draft.contains("skipIncomplete leaves them out: 11 are left"), draft);
        assertTrue(draft.contains("\"skipIncomplete\" : true"), draft);
    }

    @Test
    void whatCannotBeUsedIsOneLineAndNoTrace() throws IOException {
        MadeFolder.mosi(folder, 10, 6);
        Files.writeString(folder.resolve("study.json"), MOSI);
        Files.writeString(folder.resolve("there"), "a file where a folder should be");

        assertEquals(2, study("run", file("study.json")));
        assertEquals(2, study("run", file("nothing.json")));
        assertEquals(2, study("check", file("study.json"), "--data", file("nowhere")));
        assertEquals(2, study("init", file("nowhere")));
        assertEquals(2, study("walk"));
        assertEquals(2, study());

        assertFalse(err.toString().contains("\tat "), err.toString());
        List<String> lines = err.toString().lines().toList();
        assertTrue(lines.stream().allMatch(line -> line.startsWith("error: ")), err.toString());
        assertTrue(lines.get(0).contains(file("there")), lines.get(0));
        assertTrue(lines.get(1).contains("nothing.json"), lines.get(1));
    }

    /** A run's file that is cut off is kept aside, told, and made again. */
    @Test
    void aDamagedRunIsMadeAgain() throws IOException {
        MadeFolder.mosi(folder, 10, 6);
        Files.writeString(folder.resolve("study.json"), MOSI);
        assertEquals(0, study("run", file("study.json")), err.toString());
        Path run;
        try (Stream<Path> runs = Files.list(folder.resolve("there/runs"))) {
            run = runs.sorted().findFirst().orElseThrow();
        }
        String whole = Files.readString(run);
        Files.writeString(run, whole.substring(0, whole.length() / 2));

        assertEquals(0, study("run", file("study.json")), err.toString());

        assertTrue(err.toString().contains("warning: "), err.toString());
        assertTrue(err.toString().contains(run.getFileName() + ".damaged"), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
        assertTrue(Files.readString(run).length() > whole.length() / 2);
    }

    /** A device that is always full stands for a full disk. */
    @Test
    void aFullDiskNamesTheFile() throws IOException {
        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full));
        MadeFolder.mosi(folder, 10, 6);
        Files.writeString(folder.resolve("study.json"), MOSI);
        Path runs = Files.createDirectories(folder.resolve("there/runs"));
        Files.createSymbolicLink(
                runs.resolve(
                        "writable.%d.%d.tmp"
                                .formatted(
                                        ProcessHandle.current().pid(),
                                        ProcessHandle.current().pid())),
                full);

        assertEquals(2, study("run", file("study.json")));

        assertTrue(err.toString().startsWith("error: " + runs.resolve("writable")), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    static final String MOSI =
            """
            { // three modalities
              "data": {"kind": "files",
                "labels": {"kind": "csv", "files": ["text_train0.csv", "text_test0.csv"],
                           "header": false, "label": "101", "fold": "<file>"},
                "modalities": [
                  {"kind": "csv", "name": "text", "files": ["text_train0.csv", "text_test0.csv"],
                   "header": false, "columns": "1..100"},
                  {"kind": "csv", "name": "audio", "files": ["audio_train0.csv", "audio_test0.csv"],
                   "header": false, "columns": "1..73"},
                  {"kind": "csv", "name": "video", "files": ["video_train0.csv", "video_test0.csv"],
                   "header": false, "columns": "1..100"}]},
              "noise": {"clean": {}, "-10 dB": {"text": -10}}, # two sets of data
              "network": {"encoders": {"text": {"kind": "dense", "sizes": [8]}}},
              "split": {"validationShare": 0.3},
              "methods": ["plain", {"name": "ogm", "strength": 0.5}],
              "seeds": [1], "epochs": 1, "batch": 8, "output": "there",
            }
            """;
}
