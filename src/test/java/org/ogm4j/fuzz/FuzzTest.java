package org.ogm4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /**
     * Prints stack traces, what became of each seed, and what became of every kind of thing that is
     * drawn.
     */
    private static final boolean VERBOSE = Boolean.getBoolean("fuzz.verbose");

    /** The last seed first: what becomes of a seed must not depend on those before it. */
    private static final boolean BACKWARD = Boolean.getBoolean("fuzz.backward");

    /** Fewer seeds may all have the same outcome. */
    private static final long MANY = 100;

    /** So many seeds are done again, the last first. */
    private static final long AGAIN = 10;

    /**
     * What became of a seed.
     *
     * @param outcome null if what must hold does not
     * @param detail a message, or what stands for all numbers
     * @param kinds what was drawn
     */
    private record Result(Outcome outcome, String detail, Set<String> kinds) {}

    private final Map<Long, Result> results = new HashMap<>();
    private final Map<Outcome, Long> totals = new EnumMap<>(Outcome.class);
    private final Map<String, Map<Outcome, Long>> ofKind = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    @Test
    void whatMustAlwaysHold() {
        for (long n = 0; n < SEEDS; n++) {
            check(BACKWARD ? FIRST + SEEDS - 1 - n : FIRST + n);
            if (n % 20 == 0) {
                System.gc(); // ND4J frees arrays after a collection only
            }
        }
        System.out.printf("Fuzz: seeds %d to %d, %s%n", FIRST, FIRST + SEEDS - 1, totals);
        for (long seed = FIRST + Math.min(AGAIN, SEEDS) - 1; seed >= FIRST; seed--) {
            Result again = result(seed);
            if (!results.get(seed).equals(again)) {
                failures.add(seed + " was " + results.get(seed) + ", after others " + again);
            }
        }
        if (VERBOSE) {
            ofKind.forEach((kind, outcomes) -> System.out.printf("Fuzz: %s %s%n", kind, outcomes));
            failures.forEach(failure -> System.out.println("Fuzz: failure " + failure));
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
        Result result = result(seed);
        results.put(seed, result);
        if (VERBOSE) {
            System.out.printf("Fuzz: %d %s, %s%n", seed, result.outcome(), result.detail());
        }
        if (result.outcome() != null) {
            totals.merge(result.outcome(), 1L, Long::sum);
            for (String kind : result.kinds()) {
                ofKind.computeIfAbsent(kind, k -> new EnumMap<>(Outcome.class))
                        .merge(result.outcome(), 1L, Long::sum);
            }
        }
    }

    private Result result(long seed) {
        Invariants invariants;
        try {
            invariants = new Invariants(seed);
        } catch (RuntimeException e) {
            return new Result(Outcome.SKIPPED, e.toString(), Set.of());
        }
        try {
            Outcome outcome = invariants.check();
            return new Result(outcome, invariants.detail(), invariants.kinds());
        } catch (RuntimeException | AssertionError e) {
            if (VERBOSE) {
                e.printStackTrace(System.out);
            }
            failures.add("fuzz.first=" + seed + ": " + e + " " + invariants.kinds());
            return new Result(null, e.toString(), invariants.kinds());
        }
    }
}
