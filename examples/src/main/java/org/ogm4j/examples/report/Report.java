package org.ogm4j.examples.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.ogm4j.examples.training.Method;
import org.ogm4j.examples.training.Trained;

/** Writes the results of one or more runs as a table and as pictures. */
public final class Report {

    private Report() {}

    /**
     * Writes {@code results.csv}, {@code scores-and-ratio.png}, {@code accuracy.png} and, if a run
     * was modulated, {@code coefficients.png}; of a network in which tokens mix {@code
     * attribution-METHOD.png} for each run; earlier ones are replaced.
     *
     * @param folder is made if it is missing
     * @return the files
     * @throws IOException if a file cannot be written
     */
    public static List<Path> write(List<Trained> runs, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        files.add(Files.writeString(folder.resolve("results.csv"), ResultsTable.csv(runs)));
        files.add(save(ScoreChart.panels(runs), folder.resolve("scores-and-ratio.png")));
        files.add(save(List.of(AccuracyChart.of(runs)), folder.resolve("accuracy.png")));
        for (Trained run : runs) {
            if (!run.method().equals(Method.PLAIN)) {
                files.add(
                        save(
                                List.of(CoefficientChart.of(run)),
                                folder.resolve("coefficients.png")));
            }
            if (!run.attribution().layers().isEmpty()) {
                Path file = folder.resolve("attribution-" + run.method() + ".png");
                files.add(AttributionChart.write(run.attribution(), file));
            }
        }
        return files;
    }

    /** The table of the results. */
    public static String table(List<Trained> runs) {
        return ResultsTable.text(runs);
    }

    private static Path save(List<XYChart> panels, Path file) throws IOException {
        BitmapEncoder.saveBitmap(panels, panels.size(), 1, file.toString(), BitmapFormat.PNG);
        return file;
    }
}
