package org.ogm4j.examples.data;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Makes audio-visual examples out of recordings and pictures that were made apart. */
public final class Pairing {

    private Pairing() {}

    /**
     * For each picture of the split, in order, a recording of the same digit drawn at random.
     *
     * @param random decides which; equal states give equal pairings
     */
    public static List<Recording> draw(Split split, RandomGenerator random) {
        Map<Integer, List<Recording>> byDigit =
                split.recordings().stream().collect(Collectors.groupingBy(Recording::digit));
        return split.pictures().stream()
                .map(
                        picture -> {
                            List<Recording> candidates = byDigit.get(picture.digit());
                            return candidates.get(random.nextInt(candidates.size()));
                        })
                .toList();
    }
}
