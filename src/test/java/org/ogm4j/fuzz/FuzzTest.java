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
 * Random networks, options and batches; what must always hold. A failure names its seed. To run
 * that one alone, with its stack trace:
 *
 * <pre>{@code
 * mvn -B test -Dtest=FuzzTest -Dfuzz.first=4711 -Dfuzz.seeds=1 -Dfuzz.verbose=true
 * }</pre>
 *
 * {@code fuzz.seeds} is how many seeds are tried (200 unless told), {@code fuzz.first} the first of
 * them (1).
 */
class FuzzTest {

    private static final long FIRST = Long.getLong("fuzz.first", 1);
    private static final long SEEDS = Long.getLong("fuzz.seeds", 200);

    /** Prints stack traces, and what became of every kind of thing that is drawn. */
    private static final boolean VERBOSE = Boolean.getBoolean("fuzz.verbose");

    /** Fewer seeds may all have the same outcome. */
    private static final long MANY = 100;

    private final Map<Outcome, Long> totals = new EnumMap<>(Outcome.class);
    private final Map<String, Map<Outcome, Long>> ofKind = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    @Test
    void whatMustAlwaysHold() {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            check(seed);
            if (seed % 20 == 0) {
                System.gc(); // ND4J frees arrays after a collection only
            }
        }
        System.out.printf("Fuzz: seeds %d to %d, %s%n", FIRST, FIRST + SEEDS - 1, totals);
        if (VERBOSE) {
            ofKind.forEach((kind, outcomes) -> System.out.printf("Fuzz: %s %s%n", kind, outcomes));
        }
        assertEquals(List.of(), failures);
        if (SEEDS >= MANY) {
            // of the first 200 it is 155, and 12: both bounds are 8 standard errors away
            assertTrue(of(Outcome.MODULATED) > SEEDS / 2, "most must be possible, got " + totals);
            assertTrue(of(Outcome.SKIPPED) < SEEDS / 5, "few must be DL4J's, got " + totals);
        }
    }

    private long of(Outcome outcome) {
        return totals.getOrDefault(outcome, 0L);
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
            if (VERBOSE) {
                e.printStackTrace(System.out);
            }
            failures.add("fuzz.first=" + seed + ": " + e + " " + invariants.kinds());
        }
    }
}
