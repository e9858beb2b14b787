package org.ogm4j.study.data;

import java.util.Arrays;
import java.util.List;

/**
 * {@code (x - mean) / deviation}, both of the training part: over all numbers of a modality, or for
 * each feature, that is each place along one axis, such as a column, a channel or a frequency.
 *
 * <p>{@code mean = 1/N sum x} and {@code deviation = sqrt(1/N sum (x - mean)^2)}, in double, in two
 * passes. Missing examples and steps beyond a sequence's end do not count. Where all numbers of the
 * training part are equal the deviation is taken as 1, so that these numbers become 0.
 */
final class Standardization implements Fit.Preparation {

    /** Of {@link #axis} that there is one mean for all numbers. */
    private static final int ALL = -1;

    private final int axis;
    private double[] mean;
    private double[] deviation;

    private Standardization(int axis) {
        this.axis = axis;
    }

    /** One mean and deviation. */
    static Fit all() {
        return (modality, training) -> new Standardization(ALL).measure(modality, training);
    }

    /** One mean and deviation for each place along an axis. */
    static Fit along(int axis) {
        return (modality, training) -> new Standardization(axis).measure(modality, training);
    }

    private Standardization measure(Modality modality, List<Integer> training) {
        int features = axis == ALL ? 1 : modality.shape()[axis];
        mean = new double[features];
        double[] squares = new double[features];
        long[] count = new long[features];
        pass(modality, training, (x, f) -> mean[f] += x, count);
        for (int f = 0; f < features; f++) {
            mean[f] /= Math.max(1, count[f]);
        }
        pass(modality, training, (x, f) -> squares[f] += (x - mean[f]) * (x - mean[f]), count);
        deviation = new double[features];
        for (int f = 0; f < features; f++) {
            double measured = Math.sqrt(squares[f] / Math.max(1, count[f]));
            deviation[f] = measured > 1e-12 * Math.abs(mean[f]) ? measured : 1;
        }
        return this;
    }

    private void pass(Modality modality, List<Integer> training, Sum sum, long[] count) {
        Arrays.fill(count, 0);
        for (int example : training) {
            Values values = modality.get(example);
            if (values == null) {
                continue;
            }
            float[] numbers = values.numbers();
            int inner = inner(values);
            for (int i = 0; i < numbers.length; i++) {
                int f = i / inner % mean.length;
                sum.add(numbers[i], f);
                count[f]++;
            }
        }
    }

    /** How many numbers follow one another with the same place along the axis. */
    private int inner(Values values) {
        int inner = 1;
        int[] shape = values.shape();
        for (int d = axis + 1; d < shape.length; d++) {
            inner *= shape[d];
        }
        return inner;
    }

    @Override
    public Values apply(Values values) {
        Values scaled = values.copy();
        float[] numbers = scaled.numbers();
        int inner = inner(values);
        for (int i = 0; i < numbers.length; i++) {
            int f = i / inner % mean.length;
            numbers[i] = (float) ((numbers[i] - mean[f]) / deviation[f]);
        }
        return scaled;
    }

    @FunctionalInterface
    private interface Sum {
        void add(double x, int feature);
    }
}
