package org.ogm4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ogm4j.fuzz.Invariants.Outcome;

/**
 * Random networks, options and batches; what must always hold. The seed of a failure is in its
 * message: {@code -Dfuzz.first=SEED -Dfuzz.count=1} runs it again.
 */
class FuzzTest {

    private static final long FIRST = Long.getLong("fuzz.first", 1);
    private static final long COUNT = Long.getLong("fuzz.count", 2000);

    private final Map<Outcome, Long> totals = new EnumMap<>(Outcome.class);
    private final Map<String, Map<Outcome, Long>> ofKind = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    @Test
    void whatMustAlwaysHold() {
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            check(seed);
            if (seed % 20 == 0) {
                System.gc(); // ND4J frees arrays after a collection only
            }
        }
        System.out.printf("Fuzz: seeds %d to %d, %s%n", FIRST, FIRST + COUNT - 1, totals);
        ofKind.forEach((kind, outcomes) -> System.out.printf("Fuzz: %s %s%n", kind, outcomes));
        assertEquals(List.of(), failures);
        assertTrue(
                COUNT < 500 || totals.getOrDefault(Outcome.MODULATED, 0L) > COUNT / 2,
                "most networks must be possible");
    }

    private void check(long seed) {
        Invariants invariants;
        try {
            invariants = new Invariants(seed);
        } catch (RuntimeException e) {
            totals.merge(Outcome.SKIPPED, 1L, Long::sum);
            return;
        }
        try {
            Outcome outcome = invariants.check();
            totals.merge(outcome, 1L, Long::sum);
            for (String kind : invariants.kinds()) {
                ofKind.computeIfAbsent(kind, k -> new EnumMap<>(Outcome.class))
                        .merge(outcome, 1L, Long::sum);
            }
        } catch (RuntimeException | AssertionError e) {
            if (Boolean.getBoolean("fuzz.verbose")) {
                e.printStackTrace(System.out);
            }
            failures.add("fuzz.first=" + seed + ": " + e + " " + invariants.kinds());
        }
    }
}
