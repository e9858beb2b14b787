package org.ogm4j.examples.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ogm4j.examples.training.Method;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.table.Markdown;
import org.ogm4j.study.table.Result;
import org.ogm4j.study.table.ResultFile;
import org.ogm4j.study.table.ResultReader;
import org.ogm4j.study.table.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the comparison's part of a document, and its chart, from results that are kept. */
@Command(
        name = "results",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Writes tables and what they say into a Markdown file, between the lines BEGIN and"
                        + " END, from the results.csv and tuning.csv of comparisons.")
public final class ResultsCommand implements Callable<Integer> {

    private static final String BASELINE = Method.PLAIN.toString();

    static final String BEGIN = "<!-- written by the results command: begin -->";
    static final String END = "<!-- written by the results command: end -->";

    @Option(names = "--help", usageHelp = true, description = "Show this help and stop.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = "--csv",
            split = ",",
            required = true,
            paramLabel = "FILE",
            description = "The results.csv of each comparison.")
    private List<Path> csv;

    @Option(
            names = "--tuning",
            split = ",",
            paramLabel = "FILE",
            description = "The tuning.csv of each; default: none.")
    private List<Path> tuning = List.of();

    @Option(
            names = "--into",
            required = true,
            paramLabel = "FILE",
            description = "A Markdown file with the two lines.")
    private Path into;

    @Option(names = "--chart", paramLabel = "FILE", description = "A PNG file; default: none.")
    private Path chart;

    @Override
    public Integer call() throws IOException {
        List<Result> runs =
                ResultReader.read(csv.stream().map(file -> new ResultFile("", file)).toList());
        List<Summary> rows = Summary.of(runs, BASELINE);
        StringBuilder text = new StringBuilder();
        for (Path file : tuning) {
            text.append(Markdown.choices(Files.readAllLines(file)));
        }
        Markdown markdown = new Markdown(BASELINE, Imbalance.notes());
        text.append('\n').append(markdown.of(rows, runs.size(), runs.size()));
        Files.writeString(into, replaced(Files.readString(into), text.toString()));
        if (chart != null) {
            DifferenceChart.write(rows, chart);
        }
        return 0;
    }

    private String replaced(String document, String text) {
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new DataException(into, "must have the lines %s and %s".formatted(BEGIN, END));
        }
        return document.substring(0, begin + BEGIN.length())
                + "\n"
                + text
                + document.substring(end);
    }
}
