package org.ogm4j.examples.data;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.files.DigitFiles;
import org.ogm4j.study.data.sound.Sound;
import org.ogm4j.study.data.sound.WavFile;

/**
 * The recordings and pictures of one part of the data. Both hold the same digits, so that each
 * picture can be paired with a recording.
 *
 * @param recordings what is heard
 * @param pictures what is seen
 */
public record Split(List<Recording> recordings, List<Picture> pictures) {

    private static final int RATE = 8000;

    /** Copies the lists. */
    public Split {
        recordings = List.copyOf(recordings);
        pictures = List.copyOf(pictures);
    }

    /**
     * Reads the sounds and pictures of a part.
     *
     * @throws DataException if a sound is broken or not of 8 kHz
     */
    static Split of(DigitFiles.Part part) {
        return new Split(
                part.recordings().stream()
                        .map(each -> new Recording(each.digit(), samples(each.file())))
                        .toList(),
                part.pictures().stream()
                        .map(each -> new Picture(each.digit(), floats(each.pixels())))
                        .toList());
    }

    private static float[] samples(Path file) {
        Sound sound = WavFile.read(file);
        if (sound.rate() != RATE) {
            throw new DataException(file, "must be of 8000 Hz, got " + sound.rate());
        }
        return sound.floats();
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    /**
     * For each picture, in order, a recording of the same digit drawn at random.
     *
     * @param random decides which; equal states give equal pairs
     */
    public List<Recording> paired(RandomGenerator random) {
        Map<Integer, List<Recording>> byDigit =
                recordings.stream().collect(Collectors.groupingBy(Recording::digit));
        return pictures.stream()
                .map(picture -> byDigit.get(picture.digit()))
                .map(candidates -> candidates.get(random.nextInt(candidates.size())))
                .toList();
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

    private static <T> List<T> part(List<T> all, Function<T, Integer> label, int n, boolean every) {
        Map<Integer, Integer> seen = new HashMap<>();
        return all.stream()
                .filter(each -> (seen.merge(label.apply(each), 1, Integer::sum) % n == 1) == every)
                .toList();
    }
}
