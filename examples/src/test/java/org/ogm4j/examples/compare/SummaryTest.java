package org.ogm4j.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.ogm4j.examples.training.Method;

/** Plain 80, 82, 84 % and OGM 83, 83, 90 % on seeds 1 to 3; OGM has a seed 4 too. */
class SummaryTest {

    private static final List<RunRecord> RUNS =
            List.of(
                    run(Method.PLAIN, 1, 0.80),
                    run(Method.PLAIN, 2, 0.82),
                    run(Method.PLAIN, 3, 0.84),
                    run(Method.OGM, 4, 0.60),
                    run(Method.OGM, 3, 0.90),
                    run(Method.OGM, 2, 0.83),
                    run(Method.OGM, 1, 0.83));

    @TempDir Path folder;

    @Test
    void aMethodsValuesAreThoseOfAllItsSeeds() {
        Estimate value = fused(Method.OGM).value();

        assertEquals(4, value.n());
        assertEquals(0.79, value.mean(), 1e-12);
        assertEquals(0.82, fused(Method.PLAIN).value().mean(), 1e-12);
        assertEquals(0.02, fused(Method.PLAIN).value().sd(), 1e-12);
    }

    /** 3, 1 and 6 points: mean 10/3, sd sqrt(38/6) = 2.516611, t 4.302653, half 6.251605. */
    @Test
    void differencesArePairedBySeed() {
        Estimate difference = fused(Method.OGM).difference();

        assertEquals(3, difference.n());
        assertEquals(0.0333333, difference.mean(), 1e-6);
        assertEquals(0.02516611, difference.sd(), 1e-7);
        assertEquals(0.0333333 - 0.0625161, difference.low(), 1e-6);
        assertEquals(0.0333333 + 0.0625161, difference.high(), 1e-6);
    }

    @Test
    void plainIsNotComparedWithItself() {
        assertNull(fused(Method.PLAIN).difference());
        List<RunRecord> withoutPlain = RUNS.subList(3, 7);
        assertTrue(
                Summary.of(Result.of(withoutPlain)).stream()
                        .allMatch(row -> row.difference() == null));
    }

    @Test
    void imbalancesAreNotMixed() {
        List<Summary> rows =
                Summary.of(
                        Result.of(
                                List.of(
                                        run(Method.PLAIN, 1, 0.8),
                                        Samples.record(Method.OGM, Imbalance.STRONG, 1, 0.9))));

        assertEquals(2 * Metric.values().length, rows.size());
        assertTrue(rows.stream().allMatch(row -> row.difference() == null));
        assertTrue(rows.stream().allMatch(row -> row.value().n() <= 1));
    }

    @Test
    void writesTablesForPrograms() throws IOException {
        ResultFiles.write(folder, RUNS, 8, Map.of("some-key", "no luck"));

        List<String> runs = Files.readAllLines(folder.resolve("results.csv"));
        assertEquals(8, runs.size());
        assertTrue(runs.get(0).startsWith("key,method,seed,imbalance,format,learning_rate,"));
        assertTrue(
                runs.get(1).contains(",plain,1,medium,digits,0.020000,,0.800000,0.500000,,"),
                runs.get(1));
        List<String> summary = Files.readAllLines(folder.resolve("summary.csv"));
        int metrics = Metric.values().length;
        assertEquals(1 + 2 * metrics, summary.size());
        assertEquals(
                "digits,medium,plain,fused,3,0.820000,0.020000,0.770317,0.869683,,,,,",
                summary.get(1));
        assertEquals("digits,medium,plain,visual,0,,,,,,,,,", summary.get(3));
        assertTrue(
                summary.get(1 + metrics).endsWith(",3,0.033333,0.025166,-0.029183,0.095849"),
                summary.get(1 + metrics));
        JsonNode json = Json.MAPPER.readTree(folder.resolve("summary.json").toFile());
        assertEquals(7, json.get("finished").asInt());
        assertEquals("no luck", json.get("failures").get("some-key").asText());
        assertEquals(3, json.get("rows").get(metrics).get("difference").get("n").asInt());
        assertTrue(json.get("rows").get(0).get("difference").isNull());
    }

    @Test
    void writesATableForTheEye() throws IOException {
        String text = ResultFiles.write(folder, RUNS, 8, Map.of());

        assertEquals(text, Files.readString(folder.resolve("summary.md")));
        assertTrue(text.contains("**1 of 8 runs are missing.**"), text);
        assertTrue(text.contains("### digits, medium"), text);
        assertTrue(text.contains("| plain | 3 | 82.0 ± 2.0 [77.0, 87.0] |  | 70.0 ± 0.0"), text);
        assertTrue(text.contains("| ogm | 4 | 79.0 ± 13.1 [58.2, 99.8] | +3.3 ± 2.5"), text);
    }

    private static Summary fused(Method method) {
        return Summary.of(Result.of(RUNS)).stream()
                .filter(row -> row.method().equals(method.toString()))
                .filter(row -> row.metric() == Metric.FUSED)
                .findFirst()
                .orElseThrow();
    }

    private static RunRecord run(Method method, long seed, double fused) {
        return Samples.record(method, Imbalance.MEDIUM, seed, fused);
    }
}
