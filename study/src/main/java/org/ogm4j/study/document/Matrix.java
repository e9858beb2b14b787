package org.ogm4j.study.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ogm4j.study.stats.CriticalDifference;
import org.ogm4j.study.stats.Estimate;
import org.ogm4j.study.table.MarkdownTable;
import org.ogm4j.study.table.Metric;
import org.ogm4j.study.table.Ranks;
import org.ogm4j.study.table.Summary;
import org.ogm4j.study.table.Verdict;
import org.ogm4j.study.table.Words;

/**
 * Every method on every set of data: the difference to the baseline, and the mean rank. Networks of
 * one modality have a table of their own, below.
 *
 * @param compared all there is
 */
public record Matrix(Compared compared) {

    /** The tables, and what is to be said below them. */
    public String markdown() {
        Ranks ranks = Ranks.of(compared.rows());
        StringBuilder text = new StringBuilder(legend()).append('\n');
        List<String> notes = new ArrayList<>();
        if (ranks.areThere()) {
            text.append(table("method", compared.rivals(), ranks.means()));
            notes.add(rankNote(ranks));
        } else {
            text.append(table("method", compared.rivals(), null));
        }
        if (!compared.references().isEmpty()) {
            text.append("\nNetworks of one modality:\n\n");
            text.append(table("network", compared.references(), null));
        }
        compared.data().stream()
                .map(compared::incomplete)
                .filter(each -> !each.isEmpty())
                .forEach(notes::add);
        if (!compared.leftOut().isEmpty()) {
            notes.add(
                    "Run, and not shown: "
                            + Words.markdown(String.join(", ", compared.leftOut()))
                            + ".");
        }
        notes.forEach(note -> text.append('\n').append(note).append('\n'));
        return text.toString();
    }

    private String legend() {
        return "Fused test %s minus %s's, in points; bold where the 95 %% interval excludes 0%s. The row of %2$s has its own, in %%.\n"
                .formatted(compared.measure(), compared.baseline(), chance());
    }

    /** How many intervals leave out 0 by chance. */
    private String chance() {
        long intervals =
                compared.rivals().stream()
                        .flatMap(
                                method ->
                                        compared.data().stream()
                                                .map(data -> compared.difference(data, method)))
                        .flatMap(Optional::stream)
                        .filter(Estimate::hasInterval)
                        .count();
        return intervals == 0
                ? ""
                : Words.number(", as about %.1f", (1 - Estimate.CONFIDENCE) * intervals)
                        + " of %d would if no method did anything".formatted(intervals);
    }

    /**
     * One table.
     *
     * @param ranks the last column; null for none
     */
    private String table(String title, List<String> methods, Map<String, Double> ranks) {
        List<String> titles = new ArrayList<>(List.of(title));
        titles.addAll(compared.data());
        if (ranks != null) {
            titles.add("mean rank");
        }
        MarkdownTable table = new MarkdownTable(titles);
        for (String method : methods) {
            List<String> cells = new ArrayList<>(List.of(method));
            compared.data().forEach(data -> cells.add(cell(data, method)));
            if (ranks != null) {
                Double rank = ranks.get(method);
                cells.add(rank == null ? "" : Words.number("%.2f", rank));
            }
            table.row(cells);
        }
        return table.toString();
    }

    private String cell(String data, String method) {
        if (method.equals(compared.baseline())) {
            return compared.row(data, method, Metric.FUSED)
                    .map(Summary::value)
                    .filter(value -> value.n() > 0)
                    .map(value -> Words.number("%.1f", 100 * value.mean()))
                    .orElse("");
        }
        return compared.difference(data, method).map(Matrix::signed).orElse("");
    }

    private static String signed(Estimate difference) {
        String text = Words.number("%+.1f", 100 * difference.mean());
        return switch (Verdict.of(difference)) {
            case HELPS, HURTS -> "**" + text + "**";
            case UNDECIDED, UNKNOWN -> text;
        };
    }

    private static String rankNote(Ranks ranks) {
        int methods = ranks.byMethod().size();
        double critical = ranks.criticalDifference();
        String meaning =
                "Mean ranks: 1 is the best mean, equal means share a rank; only methods that were run on all data have one. ";
        return meaning
                + (Double.isNaN(critical)
                        ? "Whether they differ cannot be said of %d methods on %d sets of data: that takes %d sets at least, and at most 20 methods."
                                .formatted(methods, ranks.data(), CriticalDifference.FEWEST_DATA)
                        : Words.number("They differ where they are at least %.2f apart", critical)
                                + " (critical difference of Nemenyi's test at 5 %%, %d methods on %d sets)."
                                        .formatted(methods, ranks.data()));
    }
}
