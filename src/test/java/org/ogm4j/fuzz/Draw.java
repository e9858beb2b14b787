package org.ogm4j.fuzz;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Random choices that are the same for equal seeds, and the names of what was chosen. */
final class Draw {

    private final Random random;
    private final Set<String> chosen = new TreeSet<>();

    Draw(long seed) {
        random = new Random(seed);
    }

    /** A whole number; both bounds are possible. */
    int between(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** One of them. */
    <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** One of some kinds, whose name is remembered. */
    String kind(String... kinds) {
        String kind = any(List.of(kinds));
        chosen.add(kind);
        return kind;
    }

    /** All kinds chosen so far. */
    Set<String> chosen() {
        return chosen;
    }
}
