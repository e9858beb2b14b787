package org.ogm4j.study.data;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random orders. */
public final class Shuffle {

    private Shuffle() {}

    /**
     * The numbers 0 to size - 1 in an order that is equally probable as any other (Fisher and
     * Yates).
     *
     * @param random decides which; equal states give equal orders
     */
    public static int[] order(int size, RandomGenerator random) {
        int[] order = IntStream.range(0, size).toArray();
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
