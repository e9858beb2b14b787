package org.ogm4j.study.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.stats.Estimate;
import org.ogm4j.study.table.Metric;
import org.ogm4j.study.table.Result;
import org.ogm4j.study.table.Summary;
import org.ogm4j.study.table.Words;
import org.ogm4j.study.words.Names;

/**
 * Methods against one baseline, on one set of data or several.
 *
 * @param baseline the method that others are compared with
 * @param measure what scores are: accuracy or R^2
 * @param methods that are shown, the baseline included, in this order
 * @param leftOut methods that were run and are not shown
 * @param rows all metrics of all methods that are shown, on all data
 */
public record Compared(
        String baseline,
        String measure,
        List<String> methods,
        List<String> leftOut,
        List<Summary> rows) {

    /** Copies the lists. */
    public Compared {
        methods = List.copyOf(methods);
        rows = List.copyOf(rows);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Of runs, at least one.
     *
     * @param baseline a method; null for the first one
     * @param methods which others are shown, in this order; empty for all
     * @throws StudyException if there are none of a method
     */
    public static Compared of(List<Result> runs, String baseline, List<String> methods) {
        List<String> known = runs.stream().map(Result::method).distinct().toList();
        List<String> asked = methods.isEmpty() ? known : methods;
        String base = baseline == null ? asked.get(0) : baseline;
        List<String> shown =
                Stream.concat(
                                methods.contains(base) ? Stream.empty() : Stream.of(base),
                                asked.stream())
                        .distinct()
                        .toList();
        for (String method : shown) {
            if (!known.contains(method)) {
                throw new StudyException(Names.unknown("method", known, method));
            }
        }
        List<String> data = runs.stream().map(Result::data).distinct().toList();
        List<Result> ordered =
                Result.against(runs, base).stream()
                        .filter(run -> shown.contains(run.method()))
                        .sorted(
                                Comparator.comparingInt((Result run) -> data.indexOf(run.data()))
                                        .thenComparingInt(run -> shown.indexOf(run.method())))
                        .toList();
        return new Compared(
                base,
                runs.get(0).measure(),
                shown,
                known.stream().filter(method -> !shown.contains(method)).toList(),
                Summary.of(ordered, base));
    }

    /** All sets of data. */
    List<String> data() {
        return rows.stream().map(Summary::data).distinct().toList();
    }

    /** The methods whose networks read several modalities. */
    List<String> rivals() {
        return methods.stream().filter(method -> isRival(method)).toList();
    }

    /** The methods whose networks read one modality. */
    List<String> references() {
        return methods.stream().filter(method -> !isRival(method)).toList();
    }

    private boolean isRival(String method) {
        return rows.stream().anyMatch(row -> row.method().equals(method) && row.isRival());
    }

    /** The modalities that anything is known of. */
    List<String> modalities(String data) {
        return rows.stream()
                .filter(row -> row.data().equals(data) && row.value().n() > 0)
                .map(row -> row.metric().modality())
                .filter(modality -> !modality.isEmpty())
                .distinct()
                .toList();
    }

    /** A row, unless the method was not run on these data. */
    Optional<Summary> row(String data, String method, Metric metric) {
        return rows.stream()
                .filter(row -> row.data().equals(data) && row.method().equals(method))
                .filter(row -> row.metric().equals(metric))
                .findFirst();
    }

    /** The difference of the fused answers, if there are pairs of runs. */
    Optional<Estimate> difference(String data, String method) {
        return row(data, method, Metric.FUSED)
                .map(Summary::difference)
                .filter(difference -> difference.n() > 0);
    }

    /** Methods with other runs than the baseline, in Markdown; empty if there are none. */
    String incomplete(String data) {
        int planned = runs(data, baseline);
        List<String> said = new ArrayList<>();
        for (String method : methods) {
            int own = runs(data, method);
            int pairs = difference(data, method).map(Estimate::n).orElse(0);
            if (own > 0 && !method.equals(baseline) && (own != planned || pairs < planned)) {
                said.add(
                        "%s has %s, %d of them paired"
                                .formatted(Words.markdown(method), counted(own), pairs));
            }
        }
        return said.isEmpty()
                ? ""
                : "Incomplete on %s, where %s has %s: %s."
                        .formatted(
                                Words.markdown(data),
                                Words.markdown(baseline),
                                counted(planned),
                                String.join("; ", said));
    }

    private static String counted(int runs) {
        return runs == 1 ? "1 run" : runs + " runs";
    }

    private int runs(String data, String method) {
        return row(data, method, Metric.FUSED).map(row -> row.value().n()).orElse(0);
    }
}
