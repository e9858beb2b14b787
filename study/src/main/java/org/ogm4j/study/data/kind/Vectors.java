package org.ogm4j.study.data.kind;

import org.ogm4j.study.data.Noise;
import org.ogm4j.study.data.Values;

/** Numbers with noise in single precision. */
public final class Vectors {

    private Vectors() {}

    /** Of a shape; without one a vector. */
    public static Values of(
            double[] numbers, Noise noise, String modality, String id, int... shape) {
        double[] noisy = noise == null ? numbers : noise.add(numbers, modality, id);
        float[] values = new float[noisy.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) noisy[i];
        }
        return shape.length == 0 ? new Values(values, values.length) : new Values(values, shape);
    }
}
