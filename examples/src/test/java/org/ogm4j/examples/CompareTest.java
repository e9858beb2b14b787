package org.ogm4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ogm4j.examples.data.DigitFiles;

/** The subcommand on a handful of examples. */
class CompareTest {

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeData() throws IOException {
        DigitFiles.writeAll(folder.resolve("data"), 2);
    }

    @Test
    void makesEveryRunOnce() throws IOException {
        assertEquals(0, compare("plain,ogm-ge", "1-2"), err.toString());
        List<Path> first = files();
        assertEquals(4, first.size());
        assertTrue(out.toString().contains("4 of 4 runs finished"), out.toString());
        assertTrue(out.toString().contains("| ogm-ge | 2 |"), out.toString());
        assertEquals(5, Files.readAllLines(folder.resolve("out/results.csv")).size());
        FileTime written = Files.getLastModifiedTime(first.get(0));

        assertEquals(0, compare("plain,ogm-ge,audio-only", "1-2"), err.toString());
        assertEquals(6, files().size());
        assertEquals(7, Files.readAllLines(folder.resolve("out/results.csv")).size());
        assertEquals(written, Files.getLastModifiedTime(first.get(0)));
    }

    /** Four points each on one seed, then one run each with the best of them. */
    @Test
    void tunesOnTheValidationSplitFirst() throws IOException {
        assertEquals(0, compare("plain,ogm", "1", "--tune"), err.toString());

        List<String> points = Files.readAllLines(folder.resolve("out/tuning.csv"));
        assertEquals(9, points.size());
        for (String method : List.of("plain", "ogm")) {
            List<String> chosen =
                    points.stream()
                            .filter(line -> line.startsWith("digits medium,0," + method + ",101,"))
                            .filter(line -> line.endsWith(",true"))
                            .toList();
            assertEquals(1, chosen.size(), points.toString());
            String rate = chosen.get(0).split(",", -1)[4];
            String run =
                    Files.readAllLines(folder.resolve("out/results.csv")).stream()
                            .filter(line -> line.startsWith(method + "-seed1-"))
                            .findFirst()
                            .orElseThrow();
            assertEquals(Double.parseDouble(rate), Double.parseDouble(run.split(",", -1)[6]));
        }
        assertEquals(10, files().size());
    }

    @Test
    void writesTheReportAndTensorBoardsFiles() throws IOException {
        assertEquals(0, compare("plain", "1"), err.toString());
        assertFalse(Files.exists(folder.resolve("out/tensorboard")));

        assertEquals(0, compare("plain", "1", "--tensorboard"), err.toString());
        String html = Files.readString(folder.resolve("out/report.html"));
        assertTrue(html.contains("-Dexec.args=&quot;compare --tensorboard --methods plain "), html);
        try (Stream<Path> files = Files.list(folder.resolve("out/tensorboard"))) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aRunThatCannotBeWrittenIsAnError() throws IOException {
        assertEquals(0, compare("plain", "1"), err.toString());
        Path run = files().get(0);
        Files.delete(run);
        Files.createDirectories(run.resolve("in-the-way"));

        assertEquals(1, compare("plain", "1"));
        assertTrue(err.toString().contains("error: "), err.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "--methods, adamant, 'must be one of [plain, late-average, uniform,'",
        "--seeds, 5-1, must be numbers and rising ranges",
        "--imbalance, weak, 'must be one of [balanced, medium, strong], got weak'",
        "--epochs, 0, epochs must be at least 1",
        "--limit, 0, limit must be at least 1",
        "--format, av-digits, needs --data DIR",
        "--format=crema-d, --data=., 'compare reads digits, got --format crema-d'",
    })
    void wrongOptionsAreExplainedInOneLine(String option, String value, String problem) {
        assertEquals(2, execute("compare", option, value));
        assertTrue(err.toString().contains(problem), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void helpNamesTheChoices() {
        assertEquals(0, execute("compare", "--help"));
        String text = out.toString().replaceAll("\\s+", " ");
        assertTrue(text.contains("balanced, medium, strong"), text);
        assertTrue(text.contains("adam-noise, audio-only, visual-only, naive"), text);
        assertTrue(text.contains("--learning-rate") && text.contains("--limit"), text);
    }

    private int compare(String methods, String seeds, String... more) {
        List<String> args = new ArrayList<>(List.of(more));
        Collections.addAll(
                args,
                "--methods",
                methods,
                "--seeds",
                seeds,
                "--imbalance",
                "medium",
                "--data",
                folder.resolve("data").toString(),
                "--out",
                folder.resolve("out").toString(),
                "--epochs",
                "1",
                "--batch",
                "3");
        args.add(0, "compare");
        return execute(args.toArray(String[]::new));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out/runs"))) {
            return files.sorted().toList();
        }
    }

    private int execute(String... args) {
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
