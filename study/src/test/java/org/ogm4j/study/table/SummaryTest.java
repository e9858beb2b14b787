package org.ogm4j.study.table;

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
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.ogm4j.study.run.RunRecord;
import org.ogm4j.study.run.Samples;
import org.ogm4j.study.stats.Estimate;
import org.ogm4j.study.store.Json;

/** Plain 80, 82, 84 % and OGM 83, 83, 90 % on seeds 1 to 3; OGM has a seed 4 too. */
class SummaryTest {

    private static final List<RunRecord> RUNS =
            List.of(
                    run("plain", 1, 0.80),
                    run("plain", 2, 0.82),
                    run("plain", 3, 0.84),
                    run("ogm", 4, 0.60),
                    run("ogm", 3, 0.90),
                    run("ogm", 2, 0.83),
                    run("ogm", 1, 0.83));

    @TempDir Path folder;

    @Test
    void aMethodsValuesAreThoseOfAllItsSeeds() {
        Estimate value = fused("ogm", RUNS).value();

        assertEquals(4, value.n());
        assertEquals(0.79, value.mean(), 1e-12);
        assertEquals(0.82, fused("plain", RUNS).value().mean(), 1e-12);
        assertEquals(0.02, fused("plain", RUNS).value().sd(), 1e-12);
    }

    /** 3, 1 and 6 points: mean 10/3, sd sqrt(38/6) = 2.516611, t 4.302653, half 6.251605. */
    @Test
    void differencesArePairedBySeed() {
        Estimate difference = fused("ogm", RUNS).difference();

        assertEquals(3, difference.n());
        assertEquals(0.0333333, difference.mean(), 1e-6);
        assertEquals(0.02516611, difference.sd(), 1e-7);
        assertEquals(0.0333333 - 0.0625161, difference.low(), 1e-6);
        assertEquals(0.0333333 + 0.0625161, difference.high(), 1e-6);
    }

    /**
     * The same three differences on folds of one seed, with 20 test for 40 training examples:
     * factor 1/3 + 1/2 in place of 1/3, so the interval is wider by sqrt(5/2).
     */
    @Test
    void foldsShareTheirExamples() {
        List<RunRecord> runs = new ArrayList<>();
        double[] plain = {0.80, 0.82, 0.84};
        double[] ogm = {0.83, 0.83, 0.90};
        for (int fold = 0; fold < 3; fold++) {
            runs.add(Samples.record("plain", "medium", 1, fold, plain[fold], List.of()));
            runs.add(Samples.record("ogm", "medium", 1, fold, ogm[fold], List.of()));
        }

        Estimate difference = fused("ogm", runs).difference();

        assertEquals(3, difference.n());
        assertEquals(0.0333333 - 0.0625161 * Math.sqrt(2.5), difference.low(), 1e-6);
    }

    /** The two p of uniform and ogm-ge, the third being one; references are no tests. */
    @Test
    void theMethodsOfATableAreCorrectedTogether() {
        List<RunRecord> runs = Samples.runs().subList(0, 18);
        Summary better = fused("ogm-ge", runs);
        Summary worse = fused("uniform", runs);

        double least = Math.min(better.difference().p(), worse.difference().p());
        assertEquals(3 * least, Math.min(better.holm(), worse.holm()), 1e-12);
        assertEquals(1, fused("ogm", runs).holm(), 1e-9);
        assertTrue(Double.isNaN(fused("audio-only", runs).holm()));
    }

    @Test
    void theBaselineIsNotComparedWithItself() {
        assertNull(fused("plain", RUNS).difference());
        List<RunRecord> withoutPlain = RUNS.subList(3, 7);
        assertTrue(
                Summary.of(Result.of(withoutPlain, "plain"), "plain").stream()
                        .allMatch(row -> row.difference() == null));
    }

    @Test
    void dataAreNotMixed() {
        List<Summary> rows =
                Summary.of(
                        Result.of(
                                List.of(
                                        run("plain", 1, 0.8),
                                        Samples.record("ogm", "strong", 1, 0.9)),
                                "plain"),
                        "plain");

        assertTrue(rows.stream().allMatch(row -> row.difference() == null));
        assertTrue(rows.stream().allMatch(row -> row.value().n() <= 1));
    }

    @Test
    void writesTablesForPrograms() throws IOException {
        ResultFiles.write(folder, RUNS, "plain", 8, Map.of("some-key", "no luck"), Map.of());

        List<String> runs = Files.readAllLines(folder.resolve("results.csv"));
        assertEquals(8, runs.size());
        assertTrue(
                runs.get(0).startsWith("key,method,only,data,seed,fold,learning_rate,strength,"));
        assertTrue(
                runs.get(1)
                        .contains(
                                ",plain,,medium,1,0,0.020000,,accuracy,40,20,0.800000,0.500000,,"),
                runs.get(1));
        List<String> summary = Files.readAllLines(folder.resolve("summary.csv"));
        int metrics = (summary.size() - 1) / 2;
        assertEquals(
                "medium,plain,fused,3,0.820000,0.020000,0.770317,0.869683,,,,,,,", summary.get(1));
        assertEquals("medium,plain,visual,0,,,,,,,,,,,", summary.get(3));
        assertTrue(
                summary.get(1 + metrics).contains(",3,0.033333,0.025166,-0.029183,0.095849,0.148"),
                summary.get(1 + metrics));
        JsonNode json = Json.MAPPER.readTree(folder.resolve("summary.json").toFile());
        assertEquals(7, json.get("finished").asInt());
        assertEquals("no luck", json.get("failures").get("some-key").asText());
        assertEquals(3, json.get("rows").get(metrics).get("difference").get("n").asInt());
        assertTrue(json.get("rows").get(0).get("difference").isNull());
    }

    @Test
    void writesATableForTheEye() throws IOException {
        String text =
                ResultFiles.write(
                        folder, RUNS, "plain", 8, Map.of(), Map.of("medium", "Loud sound."));

        assertEquals(text, Files.readString(folder.resolve("summary.md")));
        assertTrue(text.contains("**1 of 8 runs are missing.**"), text);
        assertTrue(text.contains("### medium\n\nLoud sound.\n"), text);
        assertTrue(text.contains("| plain | 3 | 82.0 ± 2.0 [77.0, 87.0] |  |  | 70.0 ± 0.0"), text);
        assertTrue(text.contains("| ogm | 4 | 79.0 ± 13.1 [58.2, 99.8] | +3.3 ± 2.5"), text);
    }

    /** Two pairs: a mean and a spread, no interval, and that is said. */
    @Test
    void twoPairsSayNothing() throws IOException {
        List<RunRecord> few = RUNS.stream().filter(run -> run.seed() < 3).toList();

        String text = ResultFiles.write(folder, few, "plain", 4, Map.of(), Map.of());

        assertTrue(text.contains("- too few runs to say anything: ogm (+2.0)"), text);
        assertTrue(text.contains("| ogm | 2 | 83.0 ± 0.0 | +2.0 ± 1.4 |  |"), text);
    }

    private static Summary fused(String method, List<RunRecord> runs) {
        return Summary.of(Result.of(runs, "plain"), "plain").stream()
                .filter(row -> row.method().equals(method))
                .filter(row -> row.metric().equals(Metric.FUSED))
                .findFirst()
                .orElseThrow();
    }

    private static RunRecord run(String method, long seed, double fused) {
        return Samples.record(method, "medium", seed, fused);
    }
}
