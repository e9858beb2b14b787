package org.ogm4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line on a small tree in CREMA-D's layout. */
class CremaTest {

    private static final int USAGE = 2;
    private static final int FAILURE = 1;

    @TempDir static Path data;
    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Three actors with four clips each, two frames to a clip; of one more clip the sound only. */
    @BeforeAll
    static void write() throws IOException {
        for (int actor = 1001; actor <= 1003; actor++) {
            for (String emotion : new String[] {"NEU", "HAP", "SAD", "ANG"}) {
                CremaFiles.writeClip(data, actor + "_DFA_" + emotion + "_XX", 2);
            }
        }
        CremaFiles.writeClip(data, "1001_TAI_NEU_XX", 0);
    }

    @Test
    void trainsOnClipsPlainAndModulated() throws IOException {
        int exitCode =
                train("--test-actors", "1", "--validation-actors", "1", "--learning-rate", "0.001");

        assertEquals(0, exitCode, err.toString());
        assertTrue(
                out.toString()
                        .contains(
                                "CREMA-D: train 4 clips of 1 actors, validation 4 clips of 1"
                                        + " actors, test 4 clips of 1 actors; skipped 0 without"
                                        + " sound, 1 without frames"),
                out.toString());
        assertTrue(out.toString().contains("plain ") && out.toString().contains("ogm-ge "));
        List<String> results = Files.readAllLines(folder.resolve("report/results.csv"));
        assertEquals(3, results.size());
        assertFalse(String.join("", results).contains("NaN"), results.toString());
    }

    @Test
    void listsDivideTheClips() throws IOException {
        Path lists = Files.createDirectories(folder.resolve("lists"));
        Files.writeString(
                lists.resolve("train.csv"),
                "1001_DFA_NEU_XX,NEU\n1001_DFA_SAD_XX,SAD\n1002_DFA_SAD_XX,SAD\n");
        Files.writeString(lists.resolve("test.csv"), "1001_DFA_HAP_XX,HAP\n");

        int exitCode =
                train(
                        "--lists",
                        lists.toString(),
                        "--validation-actors",
                        "1",
                        "--method",
                        "ogm",
                        "--fusion",
                        "self-attention",
                        "--encoder",
                        "cnn");

        assertEquals(0, exitCode, err.toString());
        assertTrue(out.toString().contains("train 2 clips of 1 actors"), out.toString());
        assertTrue(Files.exists(folder.resolve("report/attribution-ogm.png")), out.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "--validation-actors, 0, --test-actors and --validation-actors must be at least 1",
        "--test-actors, 0, --test-actors and --validation-actors must be at least 1",
        "--audio-snr, 5, --audio-snr is for digits: clips of crema-d are used as recorded",
        "--image-noise, 0.1, --image-noise is for digits",
        "--limit, 0, limit must be at least 1",
    })
    void wrongOptionsAreExplainedInOneLine(String option, String value, String problem) {
        assertEquals(USAGE, train(option, value));
        assertOneLine(problem);
    }

    @Test
    void whatIsMissingIsNamed() {
        Path nowhere = folder.resolve("nowhere");

        assertEquals(FAILURE, execute("--format", "crema-d", "--data", nowhere.toString()));
        assertOneLine(nowhere.resolve("AudioWAV") + ": no such folder");
    }

    @Test
    void aMissingFolderOfFramesIsNamed() {
        assertEquals(FAILURE, train("--frames", "Frames"));
        assertOneLine(data.resolve("Frames") + ": no such folder");
    }

    @Test
    void clipsWithoutFramesAreCounted() throws IOException {
        CremaFiles.writeClip(folder, "1001_DFA_NEU_XX", 0);
        Files.createDirectories(folder.resolve("Image-01-FPS/1001_DFA_NEU_XX"));

        assertEquals(FAILURE, execute("--format", "crema-d", "--data", folder.toString()));
        assertOneLine(
                folder
                        + ": there must be examples with all modalities, got none; left out: {visual=1}");
    }

    @Test
    void tooFewActorsAreTold() {
        assertEquals(FAILURE, train("--test-actors", "3"));
        assertOneLine("groups are actors; groups set apart must be");
        assertOneLine("got 3 of 3");
    }

    @Test
    void aListAloneIsNotEnough() throws IOException {
        Path lists = Files.createDirectories(folder.resolve("lists"));
        Files.writeString(lists.resolve("train.csv"), "1001_DFA_NEU_XX,NEU\n");

        assertEquals(FAILURE, train("--lists", lists.toString()));
        assertOneLine(lists.resolve("test.csv") + ": no such file");
    }

    @Test
    void aSingleClipIsTooFewToTrainOn() {
        assertEquals(
                FAILURE, train("--test-actors", "1", "--validation-actors", "1", "--limit", "1"));
        assertOneLine(data + ": must hold at least 2 clips for training, got 1");
    }

    private int train(String... options) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--format",
                                "crema-d",
                                "--data",
                                data.toString(),
                                "--out",
                                folder.resolve("report").toString(),
                                "--epochs",
                                "1",
                                "--batch",
                                "4"));
        args.addAll(List.of(options));
        return execute(args.toArray(String[]::new));
    }

    private int execute(String... args) {
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private void assertOneLine(String problem) {
        assertTrue(err.toString().contains(problem), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
    }
}
