package org.ogm4j.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;
import picocli.CommandLine;

class ResultsCommandTest {

    @TempDir Path folder;
    private Path csv;

    /**
     * OGM is 2, 2.1 and 2.2 points above plain, UNIFORM as much below, NOISE_ONLY at 0 on average.
     */
    @BeforeEach
    void writeResults() throws IOException {
        StringBuilder text =
                new StringBuilder(
                        "key,method,only,data,seed,fold,learning_rate,strength,measure,trained,tested,"
                                + "fused,audio,visual,audio_probe,visual_probe\n");
        for (int seed = 1; seed <= 3; seed++) {
            double gain = 0.019 + 0.001 * seed;
            text.append(row("plain", "", seed, 0.8));
            text.append(row("ogm", "", seed, 0.8 + gain));
            text.append(row("uniform", "", seed, 0.8 - gain));
            text.append(row("noise-only", "", seed, 0.8 + 0.01 * (seed - 2)));
            text.append(row("audio-only", "audio", seed, 0.1));
        }
        csv = Files.writeString(folder.resolve("results.csv"), text);
    }

    private static String row(String method, String only, int seed, double fused) {
        return String.format(
                Locale.ROOT,
                "%s-%d,%1$s,%s,digits strong,%2$d,0,0.02,,accuracy,40,20,%.6f,0.5,,0.7,0.3%n",
                method,
                seed,
                only,
                fused);
    }

    @Test
    void saysWhatHelpsAndWhatHurts() throws IOException {
        Path document = document("before\n%s\nobsolete\n%s\nafter\n");
        Path chart = folder.resolve("chart.png");

        assertEquals(0, execute("--chart", chart.toString()));

        String text = Files.readString(document);
        assertTrue(text.contains("- helps: ogm (+2.1)\n"), text);
        assertTrue(text.contains("- hurts: uniform (-2.1)\n"), text);
        assertTrue(text.contains("- no difference that can be told: noise-only (+0.0)\n"), text);
        assertTrue(text.contains("| audio-only | 3 | 10.0 ± 0.0"), text);
        assertTrue(text.startsWith("before\n" + ResultsCommand.BEGIN), text);
        assertTrue(text.endsWith(ResultsCommand.END + "\nafter\n"), text);
        assertTrue(!text.contains("obsolete"), text);
        BufferedImage image = ImageIO.read(chart.toFile());
        assertEquals(1200, image.getWidth());
    }

    @Test
    void writesTheSameTwice() throws IOException {
        Path document = document("%s\n%s\n");
        execute();
        String once = Files.readString(document);
        execute();

        assertEquals(once, Files.readString(document));
    }

    @Test
    void choicesAreListed() throws IOException {
        Path tuning = folder.resolve("tuning.csv");
        Files.writeString(
                tuning,
                """
                data,fold,method,seed,learning_rate,strength,validation,chosen
                digits medium,0,plain,101,0.02,,0.712000,false
                digits medium,0,ogm,101,0.05,0.3,0.734000,true
                """);
        Path document = document("%s\n%s\n");

        execute("--tuning", tuning.toString());

        String text = Files.readString(document);
        assertTrue(text.contains("validation examples of digits medium, fold 0, seed 101:"), text);
        assertTrue(text.contains("| ogm | 0.05 | 0.3 | 73.4 |"), text);
        assertTrue(!text.contains("71.2"), text);
    }

    @Test
    void aDocumentWithoutTheLinesIsLeftAlone() throws IOException {
        Path document = document("nothing");

        Exception problem = assertThrows(DataException.class, this::callDirectly);

        assertTrue(problem.getMessage().contains("must have the lines"), problem.getMessage());
        assertEquals("nothing", Files.readString(document));
    }

    /** With the results that are kept beside it. */
    @Test
    void theProjectsDocumentIsWhatTheCommandWrites() throws IOException {
        Path kept = Path.of("docs", "results");
        Path document = folder.resolve("results.md");
        Files.copy(Path.of("docs", "results.md"), document);
        String digits = kept.resolve("digits").toString();
        String real = kept.resolve("av-digits").toString();

        new CommandLine(new ResultsCommand())
                .execute(
                        "--csv",
                        digits + ".csv," + real + ".csv",
                        "--tuning",
                        digits + "-tuning.csv," + real + "-tuning.csv",
                        "--into",
                        document.toString());

        assertEquals(Files.readString(Path.of("docs", "results.md")), Files.readString(document));
    }

    private Path document(String format) throws IOException {
        String text = format.formatted(ResultsCommand.BEGIN, ResultsCommand.END);
        return Files.writeString(folder.resolve("document.md"), text);
    }

    private int execute(String... more) {
        return new CommandLine(new ResultsCommand()).execute(args(more));
    }

    private void callDirectly() throws IOException {
        ResultsCommand command = new ResultsCommand();
        new CommandLine(command).parseArgs(args());
        command.call();
    }

    private String[] args(String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--csv",
                                csv.toString(),
                                "--into",
                                folder.resolve("document.md").toString()));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }
}
