package org.ogm4j.study.document;

import java.util.ArrayList;
import java.util.List;
import org.ogm4j.study.table.MarkdownTable;
import org.ogm4j.study.table.Metric;
import org.ogm4j.study.table.Metric.Kind;
import org.ogm4j.study.table.Summary;
import org.ogm4j.study.table.Words;

/**
 * Every method on one set of data: its answer, the difference to the baseline, each modality alone,
 * and what a step costs. Networks of one modality stand last.
 *
 * @param compared all there is
 * @param data which set
 */
public record DataTable(Compared compared, String data) {

    /** What the columns mean; for all sets of data. */
    public static String legend(String baseline) {
        return """
        Test examples, after the last epoch, in %%: mean ± standard deviation over seeds and folds.

        - *fused - %1$s*: the difference on equal seeds and folds, in points, with the 95 %% interval \
        of its mean by Student's t, with several folds by the corrected resampled t test of Nadeau \
        and Bengio; no interval below three pairs. *p, Holm*: of this test, corrected for the \
        methods of the table.
        - *alone*: the modality's share of the fused answer; of networks of one modality it is the \
        whole answer. *probe*: a linear classifier trained on the encoder's features.
        - *time over %1$s*: of a training step in equal runs, in %%.
        """
                .formatted(baseline);
    }

    /** The table, and what is incomplete below it. */
    public String markdown() {
        String baseline = compared.baseline();
        List<Metric> values =
                Metric.each(compared.modalities(data), Kind.ALONE, Kind.PROBE, Kind.OVERHEAD)
                        .stream()
                        .filter(this::isKnown)
                        .toList();
        List<String> titles =
                new ArrayList<>(
                        List.of("method", "runs", "fused", "fused - " + baseline, "p, Holm"));
        values.forEach(metric -> titles.add(metric.title(baseline)));
        MarkdownTable table = new MarkdownTable(titles);
        List<String> methods = new ArrayList<>(compared.rivals());
        methods.addAll(compared.references());
        for (String method : methods) {
            compared.row(data, method, Metric.FUSED)
                    .ifPresent(fused -> table.row(cells(fused, values)));
        }
        String incomplete = compared.incomplete(data);
        return table + (incomplete.isEmpty() ? "" : "\n" + incomplete + "\n");
    }

    private boolean isKnown(Metric metric) {
        return compared.methods().stream()
                .anyMatch(
                        method ->
                                compared.row(data, method, metric)
                                        .filter(row -> row.value().n() > 0)
                                        .isPresent());
    }

    private List<String> cells(Summary fused, List<Metric> values) {
        List<String> cells = new ArrayList<>();
        cells.add(fused.method());
        cells.add(Integer.toString(fused.value().n()));
        cells.add(Words.spread(fused.value(), Metric.FUSED));
        cells.add(Words.difference(fused.difference(), Metric.FUSED));
        cells.add(Words.probability(fused.holm()));
        for (Metric metric : values) {
            cells.add(
                    compared.row(data, fused.method(), metric)
                            .map(row -> Words.spread(row.value(), metric))
                            .orElse(""));
        }
        return cells;
    }
}
