package org.ogm4j.updater.noise;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A running mean, {@code x_n = d x_{n-1} + (1 - d) y_n} from {@code x_0 = 0}, with what is known of
 * the weights of its summands.
 *
 * @param values x, not corrected for its start
 * @param decay d
 * @param start the iteration of the first summand
 * @param ours whether it is moved here; else the updater inside moves it
 */
public record RunningMean(INDArray values, double decay, int start, boolean ours) {

    /**
     * Adds a summand, unless the updater inside does.
     *
     * @param part which part of it
     * @param value its numbers
     * @param spare as long, to be written over
     */
    void add(Span part, double[] value, double[] spare) {
        if (ours) {
            part.read(values, spare);
            for (int i = 0; i < part.length(); i++) {
                spare[i] = decay * spare[i] + (1 - decay) * value[i];
            }
            part.write(values, spare);
        }
    }

    /** The sum of all weights, {@code 1 - d^n}. */
    double weight(int iteration) {
        return 1 - Math.pow(decay, count(iteration));
    }

    /** The sum of their squares, {@code (1 - d)(1 - d^2n) / (1 + d)}. */
    double squares(int iteration) {
        return (1 - decay) / (1 + decay) * (1 - Math.pow(decay, 2 * count(iteration)));
    }

    private double count(int iteration) {
        return iteration + 1.0 - start;
    }
}
