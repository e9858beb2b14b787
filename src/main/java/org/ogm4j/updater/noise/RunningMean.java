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

    /** The same part of every summand: {@code x += ...}. */
    void add(Span part, INDArray value) {
        if (ours) {
            INDArray mean = part.view(values);
            mean.muli(decay);
            Axpy.add(1 - decay, value, mean);
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
