package org.ogm4j.examples.report;

/** Makes noisy lines readable. */
final class Smoothing {

    private Smoothing() {}

    /**
     * The mean of each value and its neighbours, at most {@code radius} to either side; fewer at
     * the ends. Same length as the values.
     */
    static double[] movingAverage(double[] values, int radius) {
        double[] smooth = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int from = Math.max(0, i - radius);
            int to = Math.min(values.length, i + radius + 1);
            double sum = 0;
            for (int j = from; j < to; j++) {
                sum += values[j];
            }
            smooth[i] = sum / (to - from);
        }
        return smooth;
    }

    /** The values at 0, stride, 2 stride and so on. Dashes need lines that are not too short. */
    static double[] every(int stride, double[] values) {
        double[] some = new double[(values.length + stride - 1) / stride];
        for (int i = 0; i < some.length; i++) {
            some[i] = values[i * stride];
        }
        return some;
    }
}
