package org.ogm4j.study.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ogm4j.study.stats.Estimate;
import org.ogm4j.study.table.Csv;
import org.ogm4j.study.table.Metric;
import org.ogm4j.study.table.Ranks;
import org.ogm4j.study.table.Result;
import org.ogm4j.study.table.ResultFile;
import org.ogm4j.study.table.ResultReader;
import org.ogm4j.study.table.Summary;

/**
 * Two made-up studies, one of three folds by two seeds, one of four seeds on two sets of data,
 * against {@code reference.csv}, which {@code reference.py} beside it works out with NumPy and
 * SciPy.
 */
class ReferenceTest {

    private static final Path MADE_UP =
            Path.of(Files.exists(Path.of("studies")) ? "study" : ".", "src/test/resources/tables");

    static List<Result> runs() throws IOException {
        return ResultReader.read(
                List.of(
                        new ResultFile("Letters", MADE_UP.resolve("folds.csv")),
                        new ResultFile("Talk", MADE_UP.resolve("seeds.csv"))));
    }

    @Test
    void everyNumberIsWhatSciPyGets() throws IOException {
        Compared compared = Compared.of(runs(), null, List.of());
        List<String> lines = Files.readAllLines(MADE_UP.resolve("reference.csv"));

        assertEquals("plain", compared.baseline());
        for (String line : lines.subList(1, lines.size())) {
            List<String> fields = Csv.fields(line);
            Summary row = compared.row(fields.get(0), fields.get(1), Metric.FUSED).orElseThrow();
            List<Double> own = new ArrayList<>();
            own.add((double) row.value().n());
            own.add(row.value().mean());
            own.add(row.value().sd());
            Estimate difference = row.difference();
            if (difference == null) {
                assertEquals("plain", row.method());
            } else {
                own.add((double) difference.n());
                own.add(difference.mean());
                own.add(difference.sd());
                own.add(difference.low());
                own.add(difference.high());
                own.add(difference.p());
            }
            if (!Double.isNaN(row.holm())) {
                own.add(row.holm());
            }
            assertEquals(fields.size() - 2, own.size(), line);
            for (int i = 0; i < own.size(); i++) {
                double expected = Double.parseDouble(fields.get(i + 2));
                assertEquals(expected, own.get(i), 1e-9 * Math.abs(expected), line + ", " + i);
            }
        }
        assertEquals(12, lines.size() - 1);
    }

    /** Printed by the same script. */
    @Test
    void meanRanksAreWhatSciPyGets() throws IOException {
        Map<String, Double> means = Ranks.of(Compared.of(runs(), null, List.of()).rows()).means();

        assertEquals(List.of("plain", "ogm-ge", "uniform"), List.copyOf(means.keySet()));
        assertEquals(2.33333333, means.get("plain"), 1e-8);
        assertEquals(1, means.get("ogm-ge"), 1e-8);
        assertEquals(2.66666667, means.get("uniform"), 1e-8);
    }

    /**
     * Of 12 methods on the eight sets that are kept: {@code studentized_range.ppf(.95, 12, inf) /
     * sqrt(2) * sqrt(12 * 13 / 48)} is 5.891 in SciPy.
     */
    @Test
    void ranksDifferFromTheCriticalDifferenceOn() throws IOException {
        Path kept = MADE_UP.resolve("../../../../../studies/evidence/results");
        List<Result> runs =
                ResultReader.read(
                        List.of(
                                new ResultFile("letters", kept.resolve("letters.csv")),
                                new ResultFile("digits", kept.resolve("digits.csv")),
                                new ResultFile("MOSI", kept.resolve("mosi.csv")),
                                new ResultFile("", kept.resolve("av-digits.csv"))));
        List<String> methods =
                List.of(
                        "plain,g2d,replace,distillation-1,uniform,sum,mmpareto,late-average,opm,agm,ogm,ogm-ge"
                                .split(","));

        String text = new Matrix(Compared.of(runs, null, methods)).markdown();

        assertTrue(text.contains("They differ where they are at least 5.89 apart"), text);
        assertTrue(text.contains("as about 4.4 of 88 would if no method did anything"), text);
    }

    /** A step of plain takes 1, of ogm-ge 1.05, of uniform 1.15 in all runs. */
    @Test
    void theTimeIsThatOverTheBaselineThatWasChosen() throws IOException {
        Compared compared = Compared.of(runs(), "uniform", List.of("ogm-ge", "plain"));

        assertEquals(List.of("uniform", "ogm-ge", "plain"), compared.methods());
        assertEquals(1.05 / 1.15 - 1, overhead(compared, "ogm-ge"), 1e-6);
        assertEquals(1 / 1.15 - 1, overhead(compared, "plain"), 1e-6);
        assertEquals(0, overhead(compared, "uniform"), 0);
        assertNull(compared.row("Letters", "uniform", Metric.FUSED).orElseThrow().difference());
        assertEquals(List.of("audio only", "lips only", "agm"), compared.leftOut());
    }

    private static double overhead(Compared compared, String method) {
        return compared.row("Letters", method, Metric.OVERHEAD).orElseThrow().value().mean();
    }

    /** Of the three methods on the clean data two are chosen: p times 2 where it was times 3. */
    @Test
    void holmIsOverTheMethodsShown() throws IOException {
        Compared compared = Compared.of(runs(), "plain", List.of("uniform", "agm"));

        Summary uniform = compared.row("Talk clean", "uniform", Metric.FUSED).orElseThrow();
        assertEquals(2 * 0.0005768975861287075, uniform.holm(), 1e-12);
        assertTrue(new Matrix(compared).markdown().contains("Run, and not shown: ogm-ge, "));
    }
}
