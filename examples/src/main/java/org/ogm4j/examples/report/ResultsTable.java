package org.ogm4j.examples.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.training.Trained;

/** Test accuracy and mean ratio of every run, for the eye and for other programs. */
final class ResultsTable {

    private static final String ROW = "%-8s | %6s | %11s | %12s | %s%n";

    private ResultsTable() {}

    static String text(List<Trained> runs) {
        Modality leader = runs.get(0).leader();
        StringBuilder table = new StringBuilder();
        table.append(
                ROW.formatted(
                        "method",
                        "fused",
                        "audio alone",
                        "visual alone",
                        "mean ratio of " + leader.input()));
        table.append("---------+--------+-------------+--------------+--------------------\n");
        for (Trained run : runs) {
            table.append(
                    ROW.formatted(
                            run.method(),
                            percent(run.run().test().fused()),
                            percent(run.run().test().alone(Modality.AUDIO.input())),
                            percent(run.run().test().alone(Modality.VISUAL.input())),
                            String.format(
                                    Locale.ROOT, "%.2f", run.run().meanRatio(leader.input()))));
        }
        return table.toString();
    }

    static String csv(List<Trained> runs) {
        return runs.stream()
                .map(ResultsTable::csvRow)
                .collect(
                        Collectors.joining(
                                "",
                                "method,fused,audio_alone,visual_alone,"
                                        + "mean_ratio_audio,mean_ratio_visual\n",
                                ""));
    }

    private static String csvRow(Trained run) {
        return String.format(
                Locale.ROOT,
                "%s,%.4f,%.4f,%.4f,%.4f,%.4f%n",
                run.method(),
                run.run().test().fused(),
                run.run().test().alone(Modality.AUDIO.input()),
                run.run().test().alone(Modality.VISUAL.input()),
                run.run().meanRatio(Modality.AUDIO.input()),
                run.run().meanRatio(Modality.VISUAL.input()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
