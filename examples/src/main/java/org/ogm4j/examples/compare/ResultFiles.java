package org.ogm4j.examples.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes what the runs say into files, each replaced as a whole. */
final class ResultFiles {

    private ResultFiles() {}

    /**
     * Writes {@code results.csv}, {@code summary.csv}, {@code summary.json} and {@code summary.md}.
     *
     * @param planned how many runs were to be there
     * @param failures what went wrong, by key
     * @return the text of {@code summary.md}
     */
    static String write(
            Path folder, List<RunRecord> runs, int planned, Map<String, String> failures)
            throws IOException {
        List<Result> results = Result.of(runs);
        List<Summary> rows = Summary.of(results);
        String markdown = Markdown.of(rows, runs.size(), planned);
        RunStore.write(folder.resolve("results.csv"), Csv.runs(results));
        RunStore.write(folder.resolve("summary.csv"), Csv.summary(rows));
        RunStore.write(
                folder.resolve("summary.json"),
                new Content(
                        Summary.BASELINE,
                        Estimate.CONFIDENCE,
                        planned,
                        runs.size(),
                        failures,
                        rows));
        RunStore.write(folder.resolve("summary.md"), markdown);
        return markdown;
    }

    /** What {@code summary.json} holds. */
    record Content(
            String baseline,
            double confidence,
            int planned,
            int finished,
            Map<String, String> failures,
            List<Summary> rows) {}
}
