package org.ogm4j.examples.report;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Makes noisy lines readable. */
final class Smoothing {

    private Smoothing() {}

    /**
     * The mean of each value and its neighbours, at most {@code radius} to either side; fewer at
     * the ends, and none from beyond an edge. Same length as the values.
     *
     * @param edge the place of the first value on its other side; the length if there is none
     */
    static double[] movingAverage(double[] values, int radius, int edge) {
        double[] smooth = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int from = Math.max(i < edge ? 0 : edge, i - radius);
            int to = Math.min(i < edge ? edge : values.length, i + radius + 1);
            smooth[i] = Arrays.stream(values, from, to).average().orElseThrow();
        }
        return smooth;
    }

    /**
     * The places 0, stride, 2 stride and so on, the last one, and both sides of an edge, so that a
     * line jumps there. Dashes need lines that are not too short.
     */
    static int[] places(int length, int stride, int edge) {
        return IntStream.range(0, length)
                .filter(i -> i % stride == 0 || i == edge - 1 || i == edge || i == length - 1)
                .toArray();
    }
}
