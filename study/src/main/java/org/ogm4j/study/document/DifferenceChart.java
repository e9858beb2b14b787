package org.ogm4j.study.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ogm4j.study.html.Ink;
import org.ogm4j.study.html.IntervalChart;
import org.ogm4j.study.html.Panels;
import org.ogm4j.study.report.Mark;
import org.ogm4j.study.stats.Estimate;
import org.ogm4j.study.table.Words;

/**
 * The difference of every method to the baseline on every set of data, with its 95 % interval.
 *
 * @param compared all there is
 */
public record DifferenceChart(Compared compared) {

    /** Whether there is a difference to be drawn. */
    public boolean isThere() {
        return !methods().isEmpty();
    }

    /** As SVG. */
    public String svg() {
        return panels().svg(title() + ". " + spoken());
    }

    /** As PNG. */
    public byte[] png() {
        return panels().png();
    }

    private String title() {
        return "Fused test %s minus %s's".formatted(compared.measure(), compared.baseline());
    }

    private Panels panels() {
        List<Panels.Panel> panels =
                compared.data().stream()
                        .map(
                                data ->
                                        new Panels.Panel(
                                                data,
                                                methods().stream()
                                                        .map(method -> row(data, method))
                                                        .toList()))
                        .toList();
        return new Panels(
                title(),
                "Means with 95 % intervals; triangles: they exclude 0. Best mean over the data on top.",
                "points over " + compared.baseline(),
                panels);
    }

    private IntervalChart.Row row(String data, String method) {
        Optional<Estimate> known = compared.difference(data, method);
        if (known.isEmpty()) {
            return new IntervalChart.Row(
                    method, Ink.UNTOLD, Double.NaN, Double.NaN, Double.NaN, List.of());
        }
        Estimate difference = known.get();
        double mean = 100 * difference.mean();
        return new IntervalChart.Row(
                method,
                Mark.of(difference).ink(),
                mean,
                difference.hasInterval() ? 100 * difference.low() : mean,
                difference.hasInterval() ? 100 * difference.high() : mean,
                List.of());
    }

    /** Those that there is a difference of, the largest mean over the data first. */
    private List<String> methods() {
        List<String> methods = new ArrayList<>(compared.rivals());
        methods.removeIf(method -> Double.isNaN(mean(method)));
        methods.sort(Comparator.comparingDouble(this::mean).reversed());
        return methods;
    }

    /** NaN without any. */
    private double mean(String method) {
        return compared.data().stream()
                .map(data -> compared.difference(data, method))
                .flatMap(Optional::stream)
                .mapToDouble(Estimate::mean)
                .average()
                .orElse(Double.NaN);
    }

    /** For those who do not see it. */
    private String spoken() {
        List<String> said = new ArrayList<>();
        for (String data : compared.data()) {
            List<String> means = new ArrayList<>();
            for (String method : methods()) {
                compared.difference(data, method)
                        .map(each -> method + Words.number(" %+.1f", 100 * each.mean()))
                        .ifPresent(means::add);
            }
            said.add(data + ": " + String.join(", ", means));
        }
        return String.join("; ", said);
    }
}
