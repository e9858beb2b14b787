package org.ogm4j.examples.training;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.examples.network.Architecture;
import org.ogm4j.examples.network.AudioVisualNet;
import org.ogm4j.examples.network.Sizes;
import org.ogm4j.study.network.Updater;

/**
 * How to train.
 *
 * @param architecture the network
 * @param alpha of methods with a coefficient rule, positive and finite; null for the usual one
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
        Double alpha,
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
        if (alpha != null && !(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("alpha must be positive and finite, got " + alpha);
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

    /** The same with another updater. */
    Settings with(Updater other, double rate) {
        return with(architecture, other, rate, seed);
    }

    /** For a network of other inputs and another output. */
    public Settings withSizes(Sizes sizes) {
        Architecture other = new Architecture(architecture.encoder(), architecture.fusion(), sizes);
        return with(other, updater, learningRate, seed);
    }

    /** The same with another seed. */
    public Settings withSeed(long other) {
        return with(architecture, updater, learningRate, other);
    }

    private Settings with(Architecture network, Updater other, double rate, long own) {
        return new Settings(network, alpha, other, rate, epochs, modulatedEpochs, batch, own);
    }

    /** Of the order, the pairing and the noise of one epoch. */
    long epochSeed(int epoch) {
        return seed * 10_000 + epoch;
    }

    /** The plain network. */
    public ComputationGraphConfiguration network() {
        return AudioVisualNet.configuration(architecture, updater, learningRate, seed);
    }
}
