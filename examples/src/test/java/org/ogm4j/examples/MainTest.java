package org.ogm4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ogm4j.examples.data.DigitFiles;

class MainTest {

    private static final int USAGE = 2;
    private static final int FAILURE = 1;

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void comparesPlainWithModulated() throws IOException {
        DigitFiles.writeAll(folder.resolve("data"), 4);

        int exitCode =
                execute(
                        "--data", folder.resolve("data").toString(),
                        "--out", folder.resolve("report").toString(),
                        "--epochs", "1",
                        "--batch", "4",
                        "--limit", "8");

        assertEquals(0, exitCode, err.toString());
        assertTrue(out.toString().contains("updater nesterovs"));
        assertTrue(out.toString().contains("plain ") && out.toString().contains("ogm-ge "));
        assertTrue(Files.exists(folder.resolve("report/coefficients.png")));
        assertEquals(3, Files.readAllLines(folder.resolve("report/results.csv")).size());
    }

    @Test
    void trainsTheNetworkThatIsNamed() throws IOException {
        DigitFiles.writeAll(folder.resolve("data"), 4);

        int exitCode =
                execute(
                        "--data", folder.resolve("data").toString(),
                        "--out", folder.resolve("report").toString(),
                        "--encoder", "transformer",
                        "--fusion", "gated",
                        "--method", "plain",
                        "--epochs", "1",
                        "--batch", "4",
                        "--limit", "8");

        assertEquals(0, exitCode, err.toString());
        assertTrue(out.toString().contains("fusion gated, encoder transformer, updater nesterovs"));
    }

    @Test
    void aMethodOfAdamTrainsWithAdam() throws IOException {
        DigitFiles.writeAll(folder.resolve("data"), 4);

        int exitCode =
                execute(
                        "--data", folder.resolve("data").toString(),
                        "--out", folder.resolve("report").toString(),
                        "--method", "adam-ogm",
                        "--epochs", "1",
                        "--batch", "4",
                        "--limit", "8");

        assertEquals(0, exitCode, err.toString());
        assertTrue(out.toString().contains("updater adam:"), out.toString());
    }

    @Test
    void helpNamesTheChoices() {
        assertEquals(0, execute("--help"));
        assertTrue(out.toString().contains("plain, late-average, "), out.toString());
        assertTrue(out.toString().contains("cnn, resnet18, transformer"), out.toString());
        assertTrue(
                out.toString()
                        .replaceAll("\\s+", " ")
                        .contains("concat, sum, film, gated, cross-attention, self-attention"));
        assertTrue(out.toString().contains("digits, av-digits, crema-d"), out.toString());
        assertTrue(out.toString().contains("sgd, nesterovs, adam, adamw"), out.toString());
    }

    @Test
    void adadeltaTakesNoLearningRate() {
        assertEquals(USAGE, execute("--updater", "adadelta", "--learning-rate", "0.1"));
        assertOneLine("adadelta takes no learning rate, got 0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "--epochs, 0, epochs must be at least 1",
        "--modulated, 99, modulated epochs must be 1 to",
        "--batch, 1, batch must be at least 2",
        "--alpha, -1, alpha must be positive",
        "--alpha, NaN, alpha must be positive",
        "--learning-rate, 0, learning rate must be positive",
        "--image-noise, -1, imageNoise must be at least 0",
        "--limit, 0, limit must be at least 1",
        "--epochs, many, 'many'",
        "--method, adamant, 'must be one of [plain, late-average, uniform, '",
        "--method, audio-only, audio-only reads one modality: use compare",
        "--updater, adm, 'must be one of [sgd, nesterovs, adam, adamw, amsgrad, adamax, nadam, rmsprop, adagrad, adadelta], got adm'",
        "--encoder, rnn, 'must be one of [cnn, resnet18, transformer], got rnn'",
        "--fusion, add, 'must be one of [concat, sum, film, gated, cross-attention, self-attention], got add'",
        "--format, av-digits, needs --data DIR",
        "--format, crema-d, needs --data DIR",
        "--frames, Frames, 'are for --format crema-d, got digits'",
    })
    void wrongOptionsAreExplainedInOneLine(String option, String value, String problem) {
        assertEquals(USAGE, execute(option, value));
        assertOneLine(problem);
    }

    @Test
    void aMissingFolderIsNamed() {
        String missing = folder.resolve("nowhere").toString();

        assertEquals(FAILURE, execute("--data", missing));
        assertOneLine(missing + ": no such folder");
    }

    @Test
    void anUnreadableRecordingIsNamed() throws IOException {
        DigitFiles.writeAll(folder, 4);
        Path broken = Files.writeString(folder.resolve("test/audio/1_voice_0.wav"), "no sound");

        assertEquals(FAILURE, execute("--data", folder.toString()));
        assertOneLine(broken.toString());
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
