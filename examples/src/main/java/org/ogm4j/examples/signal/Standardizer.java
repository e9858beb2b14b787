package org.ogm4j.examples.signal;

import java.util.List;

/**
 * Shifts and scales values to mean 0 and standard deviation 1, as measured on the training set.
 *
 * @param mean of all values of the training set
 * @param standardDeviation of all values of the training set, positive
 */
public record Standardizer(double mean, double standardDeviation) {

    /** Checks the standard deviation. */
    public Standardizer {
        if (!(standardDeviation > 0)) {
            throw new IllegalArgumentException(
                    "standardDeviation must be positive, got " + standardDeviation);
        }
    }

    /** Measures the examples given. */
    public static Standardizer fit(List<float[]> examples) {
        double sum = 0;
        long count = 0;
        for (float[] example : examples) {
            for (float x : example) {
                sum += x;
            }
            count += example.length;
        }
        double mean = sum / count;
        double squares = 0;
        for (float[] example : examples) {
            for (float x : example) {
                squares += (x - mean) * (x - mean);
            }
        }
        return new Standardizer(mean, Math.sqrt(squares / count));
    }

    /** Standardises the values in place. */
    public void apply(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((values[i] - mean) / standardDeviation);
        }
    }
}
