package org.ogm4j.examples.training;

import org.ogm4j.examples.network.Modality;

/**
 * What one step of training looked like, before its update.
 *
 * @param loss mean cross-entropy of the batch, with the regularization term
 * @param accuracy of the fused answer on the batch
 * @param audioScore mean probability of the true class from the sound alone
 * @param visualScore mean probability of the true class from the image alone
 * @param audioCoefficient k, the share of its gradient that the audio encoder kept
 * @param visualCoefficient k, the share of its gradient that the visual encoder kept
 */
public record TrainingStep(
        double loss,
        double accuracy,
        double audioScore,
        double visualScore,
        double audioCoefficient,
        double visualCoefficient) {

    /** The score of a modality. */
    public double score(Modality modality) {
        return modality == Modality.AUDIO ? audioScore : visualScore;
    }

    /** The ratio rho of a modality: its score over the other's. */
    public double ratio(Modality modality) {
        return score(modality) / score(modality.other());
    }

    /** The coefficient k of a modality. */
    public double coefficient(Modality modality) {
        return modality == Modality.AUDIO ? audioCoefficient : visualCoefficient;
    }
}
