package org.ogm4j.study.data.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Modality;
import org.ogm4j.study.data.Values;

/**
 * Words as indices: 0 stands for nothing (beyond the end of a text), 1 for every word that is not
 * in the vocabulary, and 2, 3, ... for its words, the most frequent one first, words of the same
 * frequency in alphabetical order. Frequencies are counted in the training part alone, so a word
 * that only the test has is 1.
 */
public final class Vocabulary {

    /** The index of words that are not in the vocabulary. */
    public static final int UNKNOWN = 1;

    /** The first index of a word. */
    static final int FIRST = 2;

    private final List<String> words;

    /**
     * All words of some texts.
     *
     * @param texts of all parts: here words only get numbers to be handled by
     */
    public Vocabulary(List<String> texts) {
        TreeSet<String> all = new TreeSet<>();
        texts.forEach(text -> all.addAll(Words.of(text)));
        this.words = List.copyOf(all);
    }

    /**
     * The words of a text by their place in alphabetical order, to be turned into indices by {@link
     * #indices}.
     *
     * @param text one of those given
     * @param most words that are taken, from the beginning
     * @return [1, T], T at least 1; a text without words is one word that is in no vocabulary
     */
    public Values read(String text, int most) {
        List<String> own = Words.of(text);
        int steps = Math.min(own.size(), most);
        if (steps == 0) {
            return new Values(new float[] {-1}, 1, 1);
        }
        float[] places = new float[steps];
        for (int t = 0; t < steps; t++) {
            places[t] = Collections.binarySearch(words, own.get(t));
        }
        return new Values(places, 1, steps);
    }

    /**
     * Ranks the words of the training part.
     *
     * @param size the largest number of words that get an index of their own
     * @return what turns places into indices
     */
    public Fit indices(int size) {
        return (modality, training) -> {
            int[] index = rank(modality, training, size);
            return values -> {
                Values indices = new Values(values.numbers().clone(), values.shape());
                float[] numbers = indices.numbers();
                for (int t = 0; t < numbers.length; t++) {
                    numbers[t] = numbers[t] < 0 ? UNKNOWN : index[(int) numbers[t]];
                }
                return indices;
            };
        };
    }

    private int[] rank(Modality modality, List<Integer> training, int size) {
        long[] counts = new long[words.size()];
        for (int example : training) {
            Values values = modality.get(example);
            if (values != null) {
                for (float place : values.numbers()) {
                    if (place >= 0) {
                        counts[(int) place]++;
                    }
                }
            }
        }
        List<Integer> known = new ArrayList<>();
        for (int place = 0; place < counts.length; place++) {
            if (counts[place] > 0) {
                known.add(place);
            }
        }
        known.sort(
                Comparator.<Integer>comparingLong(place -> -counts[place])
                        .thenComparing(Comparator.naturalOrder()));
        int[] index = new int[words.size()];
        Arrays.fill(index, UNKNOWN);
        for (int rank = 0; rank < Math.min(size, known.size()); rank++) {
            index[known.get(rank)] = FIRST + rank;
        }
        return index;
    }
}
