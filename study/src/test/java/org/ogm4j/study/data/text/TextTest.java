package org.ogm4j.study.data.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void wordsAreRunsOfLettersAndDigitsInLowerCase() {
        assertEquals(
                List.of("it", "s", "großes", "éte", "42", "день"),
                Words.of("It's, GROßES éTE—42!\nдень"));
        assertEquals(List.of(), Words.of(" ... "));
    }

    @Test
    void gramsAreRunsOfWordsOrCharacters() {
        assertEquals(List.of("a", "b", "c", "a b", "b c"), Words.wordGrams("A b, c", 1, 2));
        assertEquals(List.of("ab", "b ", " 😀"), Words.characterGrams(" Ab \t\n😀 ", 2, 2));
        assertEquals(List.of(), Words.wordGrams("a", 2, 3));
    }

    /** MurmurHash3, x86, 32 bits, worked by its definition with long arithmetic. */
    private static int murmur(String text) {
        byte[] b = text.getBytes(StandardCharsets.UTF_8);
        long mask = 0xffffffffL;
        long h = 0;
        int i = 0;
        for (; i + 4 <= b.length; i += 4) {
            long k = (b[i] & 0xff) | (b[i + 1] & 0xff) << 8 | (b[i + 2] & 0xff) << 16;
            k |= (long) (b[i + 3] & 0xff) << 24;
            h ^= scrambled(k & mask);
            h = (h << 13 | h >>> 19) & mask;
            h = (h * 5 + 0xe6546b64L) & mask;
        }
        long k = 0;
        for (int j = b.length - 1; j >= i; j--) {
            k = k << 8 | (b[j] & 0xff);
        }
        h ^= scrambled(k);
        h ^= b.length;
        h = (h ^ h >>> 16) * 0x85ebca6bL & mask;
        h = (h ^ h >>> 13) * 0xc2b2ae35L & mask;
        return (int) (h ^ h >>> 16);
    }

    private static long scrambled(long k) {
        long mask = 0xffffffffL;
        long x = k * 0xcc9e2d51L & mask;
        x = (x << 15 | x >>> 17) & mask;
        return x * 0x1b873593L & mask;
    }

    @Test
    void theHashIsMurmur3() {
        assertEquals(0, HashedGrams.hash(""));
        // published values of this hash
        assertEquals(0x248bfa47, HashedGrams.hash("hello"));
        assertEquals(0x149bbb7f, HashedGrams.hash("hello, world"));
        for (String text : List.of("a", "ab", "abc", "abcd", "abcde", "день 😀", "a b")) {
            assertEquals(murmur(text), HashedGrams.hash(text), text);
        }
    }

    @Test
    void vectorsAreSignedCountsOfLengthOne() {
        String text = "the cat the dog";
        int buckets = 7;
        double[] counts = new double[buckets];
        for (String gram : List.of("the", "cat", "the", "dog", "the cat", "cat the", "the dog")) {
            int h = murmur(gram);
            counts[(int) (Math.abs((long) h) % buckets)] += h >= 0 ? 1 : -1;
        }
        double norm = 0;
        for (double count : counts) {
            norm += count * count;
        }

        float[] vector = HashedGrams.vector(text, false, 1, 2, buckets);

        for (int i = 0; i < buckets; i++) {
            assertEquals(counts[i] / Math.sqrt(norm), vector[i], 1e-7);
        }
        assertArrayEquals(new float[5], HashedGrams.vector("!", false, 1, 2, 5));
    }
}
