package org.ogm4j.study.network;

import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * How a network is trained.
 *
 * @param updater of all layers
 * @param learningRate of it, positive and finite
 * @param dropout share of the numbers at the encoders' ends that a step sets to 0, below 1
 * @param decay what pulls weights to 0: L2, of adamw weight decay; at least 0
 */
public record Training(Updater updater, double learningRate, double dropout, double decay) {

    /** Without dropout, with the updater's own decay. */
    public Training(Updater updater, double learningRate) {
        this(updater, learningRate, 0, updater.usualDecay());
    }

    IUpdater iUpdater() {
        return updater.withRate(learningRate);
    }

    /** What pulls weights to 0. */
    public Regularization regularization() {
        return updater.decay(decay);
    }
}
