package org.ogm4j.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** Two workers in one process, 3 epochs of 20 steps each; the last epoch is outside the window. */
class SparkExampleTest {

    private static final Pattern ACCURACY = Pattern.compile("(?m)^.* accuracy ([0-9.]+), .*$");
    private static final Pattern WORKER =
            Pattern.compile(
                    "(?m)^.*: 60 steps, 40 modulated, iterations 0 to 59, epochs 0 to 2,.*$");

    @ParameterizedTest
    @EnumSource
    void trainsAsWellAsOneBigBatchAndEndsItsWindow(Distribution distribution) {
        String printed = run("--epochs", "3", "--distribution", distribution.name());
        List<Double> accuracies =
                ACCURACY.matcher(printed).results().map(r -> Double.valueOf(r.group(1))).toList();
        assertEquals(2, accuracies.size(), printed);
        assertTrue(accuracies.get(0) >= 0.9, printed);
        assertEquals(accuracies.get(1), accuracies.get(0), 0.03, printed);
        assertEquals(2, WORKER.matcher(printed).results().map(MatchResult::group).count(), printed);
    }

    private static String run(String... args) {
        StringWriter printed = new StringWriter();
        CommandLine line = new CommandLine(new SparkExample());
        assertEquals(0, line.setOut(new PrintWriter(printed, true)).execute(args));
        return printed.toString();
    }
}
