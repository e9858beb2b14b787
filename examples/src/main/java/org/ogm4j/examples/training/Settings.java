package org.ogm4j.examples.training;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.CoefficientRule;
import org.ogm4j.examples.network.Architecture;
import org.ogm4j.examples.network.AudioVisualNet;
import org.ogm4j.examples.network.Updater;

/**
 * How to train.
 *
 * @param architecture the network
 * @param rule from the leader's ratio to its coefficient
 * @param updater of all layers
 * @param learningRate of the updater, positive and finite
 * @param epochs passes over the training set, at least 1
 * @param modulatedEpochs how many epochs from the first on are modulated, at least 1 and at most
 *     all
 * @param batch examples per step, at least 2
 * @param seed of the order, the pairing, the noise and the initial weights
 */
public record Settings(
        Architecture architecture,
        CoefficientRule rule,
        Updater updater,
        double learningRate,
        int epochs,
        int modulatedEpochs,
        int batch,
        long seed) {

    /** Checks the numbers. */
    public Settings {
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "learning rate must be positive and finite, got " + learningRate);
        }
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
        if (modulatedEpochs < 1 || modulatedEpochs > epochs) {
            throw new IllegalArgumentException(
                    "modulated epochs must be 1 to %d, got %d".formatted(epochs, modulatedEpochs));
        }
        if (batch < 2) {
            throw new IllegalArgumentException("batch must be at least 2, got " + batch);
        }
    }

    /** The plain network. */
    public ComputationGraphConfiguration network() {
        return AudioVisualNet.configuration(
                architecture.encoder(), architecture.fusion(), updater, learningRate, seed);
    }
}
