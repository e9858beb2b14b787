package org.ogm4j.examples.signal;

import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.ogm4j.examples.data.Split;

/** Examples that were made before, for as long as there is memory for them. */
final class ExampleCache {

    private final IdentityHashMap<Split, Map<Long, SoftReference<Examples>>> made =
            new IdentityHashMap<>();

    /** Those of the same split and seed, or new ones. */
    Examples get(Split split, long seed, BiFunction<Split, Long, Examples> make) {
        Map<Long, SoftReference<Examples>> ofSplit =
                made.computeIfAbsent(split, key -> new HashMap<>());
        SoftReference<Examples> known = ofSplit.get(seed);
        Examples examples = known == null ? null : known.get();
        if (examples == null) {
            examples = make.apply(split, seed);
            ofSplit.put(seed, new SoftReference<>(examples));
        }
        return examples;
    }
}
