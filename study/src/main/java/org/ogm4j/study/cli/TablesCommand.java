package org.ogm4j.study.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.document.Compared;
import org.ogm4j.study.document.DifferenceChart;
import org.ogm4j.study.document.Section;
import org.ogm4j.study.document.Tables;
import org.ogm4j.study.store.WholeFile;
import org.ogm4j.study.table.ResultFile;
import org.ogm4j.study.table.ResultReader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tables and a chart from the results that studies have left. */
@Command(
        name = "tables",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Writes tables and a chart from the results.csv of one study or several, without"
                        + " running anything.")
final class TablesCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "[NAME=]RESULTS.csv",
            description =
                    "Results of studies; NAME is what their data are called here, or stands in"
                            + " front of the names of several.")
    private List<String> csv = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where tables.md, differences.svg and differences.png go.")
    private Path out;

    @Option(
            names = "--baseline",
            paramLabel = "METHOD",
            description = "What others are compared with; default: the first method.")
    private String baseline;

    @Option(
            names = "--methods",
            paramLabel = "A,B,...",
            split = ",",
            description = "Which methods are shown, in this order; default: all.")
    private List<String> methods = List.of();

    @Option(names = "--matrix", description = "Write the table over all data alone.")
    private boolean matrix;

    @Option(
            names = "--section",
            paramLabel = "FILE.md",
            description =
                    "Write the tables into a document, between <!-- begin NAME --> and"
                            + " <!-- end NAME -->; may be given again for a translation of it.")
    private List<Path> sections = List.of();

    @Option(names = "--mark", paramLabel = "NAME", description = "The NAME of --section.")
    private String mark;

    @Option(
            names = "--all",
            paramLabel = "FILE",
            description = "Do what the lines of a file say, each a command like this one.")
    private Path all;

    @Option(names = "--help", usageHelp = true, description = "Show this help and stop.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Override
    public Integer call() throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        if (all == null) {
            write(console);
        } else if (!csv.isEmpty() || out != null || !sections.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--all stands alone: its lines say what is written where");
        } else {
            for (CommandLines.Line line : CommandLines.read(all, "tables")) {
                try {
                    of(line).write(console);
                } catch (StudyException | ParameterException | IOException e) {
                    throw new StudyException(line.place() + ": " + e.getMessage(), e);
                }
            }
        }
        console.flush();
        return 0;
    }

    /**
     * The command that a line is.
     *
     * @throws ParameterException if it is none
     */
    static TablesCommand of(CommandLines.Line line) {
        TablesCommand command = new TablesCommand();
        new CommandLine(command).parseArgs(line.args().toArray(String[]::new));
        return command;
    }

    private void write(PrintWriter console) throws IOException {
        Path here = Path.of("");
        Map<Path, String> texts = texts(here);
        if (out != null) {
            Files.createDirectories(out);
            DifferenceChart chart = new DifferenceChart(compared(here));
            if (chart.isThere()) {
                texts.put(out.resolve("differences.svg"), chart.svg());
                WholeFile.write(out.resolve("differences.png"), chart.png());
                console.println("Written: " + out.resolve("differences.png"));
            }
        }
        for (Map.Entry<Path, String> text : texts.entrySet()) {
            WholeFile.write(text.getKey(), text.getValue());
            console.println("Written: " + text.getKey());
        }
    }

    /**
     * What the files of text are to hold that it writes, but for the drawing, whose letters are as
     * wide as the machine's fonts.
     *
     * @param root of relative paths
     */
    Map<Path, String> texts(Path root) throws IOException {
        check(!csv.isEmpty(), "a results.csv must be given");
        check(out != null || !sections.isEmpty(), "--out or --section must be given");
        check(out == null || !Files.isRegularFile(out), "--out must be a folder, got " + out);
        check(sections.isEmpty() == (mark == null), "--section and --mark go together");
        Tables tables = new Tables(compared(root), command());
        String text = matrix ? tables.matrix() : tables.all();
        Map<Path, String> texts = new LinkedHashMap<>();
        if (out != null) {
            texts.put(root.resolve(out).resolve("tables.md"), text);
        }
        for (Path section : sections) {
            Path file = root.resolve(section);
            check(Files.exists(file), "there is no file " + section);
            String document = Files.readString(file);
            String within = "\n" + text + "\n";
            texts.put(file, new Section(mark).replaced(section.toString(), document, within));
        }
        return texts;
    }

    private Compared compared(Path root) throws IOException {
        List<ResultFile> files =
                csv.stream().map(ResultFile::of).map(file -> file.under(root)).toList();
        return Compared.of(ResultReader.read(files), baseline, methods);
    }

    private String command() {
        List<String> args =
                new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
        if (spec.parent() == null) {
            args.add(0, "tables");
        }
        return CommandLines.text(args);
    }

    private void check(boolean holds, String problem) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }
}
