package org.ogm4j.study.data.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.nd4j.shade.guava.hash.HashFunction;
import org.nd4j.shade.guava.hash.Hashing;

/**
 * Texts as vectors of a fixed length without a vocabulary: each n-gram adds {@code sign(h)} to the
 * number at {@code |h| mod buckets}, h the MurmurHash3 (x86, 32 bits, seed 0) of its UTF-8 bytes as
 * a signed integer, with 0 taken as positive and {@code |-2^31| = 2^31}. Then the vector is divided
 * by its Euclidean norm; a text without n-grams is all 0. Nothing is learned from the texts, so
 * nothing can leak from the test.
 *
 * @see <a href="https://doi.org/10.1145/1553374.1553516">Weinberger et al.: Feature hashing for
 *     large scale multitask learning, ICML 2009</a>
 */
public final class HashedGrams {

    private static final HashFunction HASH = Hashing.murmur3_32(0);

    private HashedGrams() {}

    /**
     * A text as a vector.
     *
     * @param text any
     * @param characters whether n-grams are of characters, else of words
     * @param least n of the shortest, at least 1
     * @param most n of the longest
     * @param buckets the length of the vector
     * @return of length 1, or zeros
     */
    public static float[] vector(
            String text, boolean characters, int least, int most, int buckets) {
        List<String> grams =
                characters
                        ? Words.characterGrams(text, least, most)
                        : Words.wordGrams(text, least, most);
        double[] sums = new double[buckets];
        for (String gram : grams) {
            int h = hash(gram);
            sums[(int) (Math.abs((long) h) % buckets)] += h >= 0 ? 1 : -1;
        }
        double squares = 0;
        for (double sum : sums) {
            squares += sum * sum;
        }
        double norm = squares > 0 ? Math.sqrt(squares) : 1;
        float[] vector = new float[buckets];
        for (int i = 0; i < buckets; i++) {
            vector[i] = (float) (sums[i] / norm);
        }
        return vector;
    }

    static int hash(String gram) {
        return HASH.hashBytes(gram.getBytes(StandardCharsets.UTF_8)).asInt();
    }
}
