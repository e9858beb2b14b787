package org.ogm4j.study.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesCommandTest {

    private static final Path ROOT = Path.of(Files.exists(Path.of("studies")) ? "." : "..");
    private static final Path MADE_UP = ROOT.resolve("study/src/test/resources/tables");
    private static final String LETTERS = "Letters=" + MADE_UP.resolve("folds.csv");
    private static final String TALK = "Talk=" + MADE_UP.resolve("seeds.csv");

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int tables(String... args) {
        String[] all = Stream.concat(Stream.of("tables"), Stream.of(args)).toArray(String[]::new);
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** Whoever changes a number, or a document by hand, sees it here. */
    @Test
    void theProjectsDocumentsAreWhatTheCommandsWrite() throws IOException {
        List<CommandLines.Line> lines =
                CommandLines.read(ROOT.resolve("studies/tables.txt"), "tables");

        for (CommandLines.Line line : lines) {
            for (Map.Entry<Path, String> text : TablesCommand.of(line).texts(ROOT).entrySet()) {
                assertEquals(
                        text.getValue(),
                        Files.readString(text.getKey()),
                        line.place() + ": study tables --all studies/tables.txt writes it again");
            }
        }
        assertFalse(lines.isEmpty());
    }

    @Test
    void tablesAndChartsAreWritten() throws IOException {
        assertEquals(0, tables(LETTERS, TALK, "--out", file("new/there")), err.toString());

        String text = Files.readString(folder.resolve("new/there/tables.md"));
        assertEquals(4, text.split("```text\nstudy tables Letters=").length - 1, text);
        assertTrue(
                text.contains("| ogm-ge | 6 | 73.7 ± 1.8 | +4.5 [+3.4, +5.6] | \\< 0.001 |"), text);
        assertTrue(text.contains("| ogm-ge | **+4.5** | +0.2 | **+1.3** | 1.00 |"), text);
        assertTrue(text.contains("| agm |  | +4.1 |  |  |"), text);
        assertTrue(text.contains("| lips only | **-19.5** |  |  |"), text);
        assertTrue(text.contains("where plain has 6 runs: uniform has 5 runs, 5 of them paired."));
        assertTrue(text.contains("cannot be said of 3 methods on 3 sets of data"), text);
        String svg = Files.readString(folder.resolve("new/there/differences.svg"));
        assertTrue(svg.contains("uniform +0.5; Talk clean: agm +4.1"), svg.substring(0, 300));
        assertTrue(svg.contains(">points over plain</text>"));
        BufferedImage image = ImageIO.read(folder.resolve("new/there/differences.png").toFile());
        assertEquals(2 * 1198, image.getWidth());
        assertEquals(4, out.toString().split("Written: ").length, out.toString());
    }

    @Test
    void methodsAreChosenAndOrdered() throws IOException {
        tables(TALK, "--out", file("o"), "--methods", "agm,uniform", "--baseline", "plain");

        String text = Files.readString(folder.resolve("o/tables.md"));
        int agm = text.indexOf("| agm |");
        assertTrue(agm > text.indexOf("| plain |") && agm < text.indexOf("| uniform |"), text);
        assertFalse(text.contains("| ogm-ge |"), text);
        assertTrue(text.contains("Run, and not shown: ogm-ge."), text);
    }

    @Test
    void onlyWhatStandsBetweenTheMarksChanges() throws IOException {
        String before = "\uFEFF# Ä title\r\n\n<!-- begin numbers -->";
        String after =
                "<!-- end numbers --> and \t more  \r\n<!-- begin other --><!-- end other -->";
        Path document = Files.writeString(folder.resolve("d.md"), before + "obsolete" + after);

        String[] args = {TALK, "--matrix", "--section", document.toString(), "--mark", "numbers"};
        assertEquals(0, tables(args), err.toString());
        String once = Files.readString(document);
        assertEquals(0, tables(args), err.toString());

        assertEquals(once, Files.readString(document));
        assertTrue(once.startsWith(before + "\n\n```text\nstudy tables "), once);
        assertTrue(once.endsWith("\n\n" + after), once);
        assertFalse(once.contains("obsolete") || once.contains("###"), once);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aDocumentAndItsTranslationHoldTheSameTables() throws IOException {
        String marks = "<!-- begin t --><!-- end t -->";
        Path english = Files.writeString(folder.resolve("d.md"), "words " + marks);
        Path chinese = Files.writeString(folder.resolve("d.zh-CN.md"), "文字 " + marks);

        String[] into = {"--section", english.toString(), "--section", chinese.toString()};
        assertEquals(
                0, tables(TALK, "--matrix", into[0], into[1], into[2], into[3], "--mark", "t"));

        String written = Files.readString(english);
        assertTrue(written.contains("| agm |"), written);
        assertEquals(written.replace("words", "文字"), Files.readString(chinese));

        Files.writeString(chinese, "no marks");
        assertEquals(2, tables(LETTERS, into[0], into[1], into[2], into[3], "--mark", "t"));
        assertEquals(written, Files.readString(english));
    }

    @Test
    void aDocumentWithoutTheMarksIsLeftAlone() throws IOException {
        for (String text :
                List.of(
                        "nothing",
                        "<!-- end x --> <!-- begin x -->",
                        "<!-- begin x --><!-- begin x --><!-- end x -->")) {
            Path document = Files.writeString(folder.resolve("d.md"), text);
            String[] args = {
                TALK, "--section", document.toString(), "--mark", "x", "--out", file("o")
            };
            assertEquals(2, tables(args));
            assertEquals(text, Files.readString(document));
            assertFalse(Files.exists(folder.resolve("o")));
        }
        List<String> said = err.toString().lines().toList();
        assertTrue(
                said.get(0)
                        .contains(
                                "d.md: must have the line <!-- begin x --> once, has it nowhere"));
        assertTrue(said.get(1).contains("d.md: <!-- end x --> must stand after <!-- begin x -->"));
        assertTrue(said.get(2).contains("<!-- begin x --> once, has it more than once"));
        assertEquals(3, said.size(), err.toString());
    }

    @Test
    void oneFileHoldsAllCommands() throws IOException {
        Path all = folder.resolve("tables.txt");
        String line = "study tables '%s' --methods 'plain,agm' --out \"%s\"%n";
        Files.writeString(
                all,
                "# two\n\n" + line.formatted(TALK, file("a a")) + line.formatted(TALK, file("b")));

        assertEquals(0, tables("--all", all.toString()), err.toString());

        assertTrue(Files.readString(folder.resolve("a a/tables.md")).contains("| agm |"));
        assertTrue(Files.exists(folder.resolve("b/differences.svg")));
    }

    @Test
    void whatIsWrongIsOneLineWithItsPlace() throws IOException {
        Path all = folder.resolve("tables.txt");
        List<String> said = new ArrayList<>();
        for (String line :
                List.of(
                        "study run x",
                        "study tables --nothing",
                        "study tables a.csv",
                        "study tables no.csv --out x",
                        "study tables %s --baseline oops --out x".formatted(TALK),
                        "study tables %s --mark oops --out x".formatted(TALK))) {
            Files.writeString(all, "#\n" + line + "\n");
            assertEquals(2, tables("--all", all.toString()));
        }
        err.toString().lines().forEach(said::add);

        assertEquals(6, said.size(), err.toString());
        for (String each : said) {
            assertTrue(each.startsWith("error: " + all + ":2: "), each);
        }
        assertTrue(said.get(0).endsWith("must begin with \"study tables\""));
        assertTrue(said.get(1).contains("--nothing"));
        assertTrue(said.get(2).endsWith("--out or --section must be given"));
        assertTrue(said.get(3).endsWith("there is no file no.csv"), said.get(3));
        assertTrue(said.get(4).contains("method must be one of plain, uniform, ogm-ge, agm, got"));
        assertTrue(said.get(5).endsWith("--section and --mark go together"));
        assertEquals(2, tables("--all", all.toString(), "--out", "x"));
        assertEquals(2, tables());
        assertEquals(2, tables(TALK, "--out", all.toString()));
        assertEquals(2, tables(folder.toString(), "--out", "x"));
        assertTrue(err.toString().contains("--out must be a folder, got " + all));
        assertTrue(err.toString().contains(folder + " cannot be read: Is a directory"));
        assertEquals(2, tables("--section", "no.md", "--mark", "x", TALK));
    }
}
