package org.ogm4j.examples.data;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ogm4j.study.data.DataException;

/**
 * The recordings and pictures of one part of the data. Both hold the same digits, so that each
 * picture can be paired with a recording.
 *
 * @param recordings what is heard
 * @param pictures what is seen
 */
public record Split(List<Recording> recordings, List<Picture> pictures) {

    /** Copies the lists. */
    public Split {
        recordings = List.copyOf(recordings);
        pictures = List.copyOf(pictures);
    }

    /**
     * A split whose two halves were read from the places given.
     *
     * @throws DataException if a digit is spoken but never written, or the other way round
     */
    static Split of(List<Recording> recordings, Path heardIn, List<Picture> pictures, Path seenIn) {
        Set<Integer> spoken =
                recordings.stream()
                        .map(Recording::digit)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<Integer> written =
                pictures.stream()
                        .map(Picture::digit)
                        .collect(Collectors.toCollection(TreeSet::new));
        for (int digit : spoken) {
            if (!written.contains(digit)) {
                throw new DataException(
                        seenIn, "no image of class %d, but %s speaks it".formatted(digit, heardIn));
            }
        }
        for (int digit : written) {
            if (!spoken.contains(digit)) {
                throw new DataException(
                        heardIn,
                        "no recording of class %d, but %s shows it".formatted(digit, seenIn));
            }
        }
        return new Split(recordings, pictures);
    }

    /** The first pictures, at most as many as given, with all recordings. */
    public Split limit(int count) {
        return new Split(recordings, pictures.subList(0, Math.min(count, pictures.size())));
    }

    /** Every n-th recording and every n-th picture of each class, the first included. */
    public Split every(int n) {
        return part(n, true);
    }

    /** What {@link #every} leaves. */
    public Split without(int n) {
        return part(n, false);
    }

    private Split part(int n, boolean every) {
        return new Split(
                part(recordings, Recording::digit, n, every),
                part(pictures, Picture::digit, n, every));
    }

    /**
     * Every n-th of each class, the first included, or what that leaves.
     *
     * @param label the class of one
     */
    public static <T> List<T> part(List<T> all, Function<T, Object> label, int n, boolean every) {
        Map<Object, Integer> seen = new HashMap<>();
        return all.stream()
                .filter(each -> (seen.merge(label.apply(each), 1, Integer::sum) % n == 1) == every)
                .toList();
    }
}
