package org.ogm4j.study.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ogm4j.study.run.RunRecord;
import org.ogm4j.study.stats.Estimate;
import org.ogm4j.study.store.WholeFile;

/** Writes what the runs say into files, each replaced as a whole. */
public final class ResultFiles {

    private ResultFiles() {}

    /**
     * Writes {@code results.csv}, {@code summary.csv}, {@code summary.json} and {@code summary.md}.
     *
     * @param baseline the method that others are compared with
     * @param planned how many runs were to be there
     * @param failures what went wrong, by key
     * @param notes what to say of each set of data, by its name
     * @return the text of {@code summary.md}
     */
    public static String write(
            Path folder,
            List<RunRecord> runs,
            String baseline,
            int planned,
            Map<String, String> failures,
            Map<String, String> notes)
            throws IOException {
        List<Result> results = Result.of(runs, baseline);
        List<Summary> rows = Summary.of(results, baseline);
        String markdown = new Markdown(baseline, notes).of(rows, runs.size(), planned);
        WholeFile.write(folder.resolve("results.csv"), Csv.runs(results));
        WholeFile.write(folder.resolve("summary.csv"), Csv.summary(rows));
        WholeFile.writeJson(
                folder.resolve("summary.json"),
                new Content(baseline, Estimate.CONFIDENCE, planned, runs.size(), failures, rows));
        WholeFile.write(folder.resolve("summary.md"), markdown);
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
