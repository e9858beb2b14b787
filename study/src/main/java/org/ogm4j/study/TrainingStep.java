package org.ogm4j.study;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one step of training looked like, before its update.
 *
 * @param loss what was minimised, of the batch, with regularization
 * @param right accuracy of the fused answer on the batch, or R^2 where it is numbers; NaN if it
 *     cannot be read
 * @param scores of each modality alone: the mean probability that it gives the truth; NaN if it
 *     cannot be read
 * @param coefficients k of each modality, the share of its gradient that its encoder kept
 * @param measured what else the library measured in a modulated step, by kind and modality, such as
 *     {@code signal_cosine/audio}; what is not known is not there
 * @since 0.1.0
 */
public record TrainingStep(
        double loss,
        double right,
        Map<String, Double> scores,
        Map<String, Double> coefficients,
        Map<String, Double> measured) {

    /** Copies the maps. */
    public TrainingStep {
        scores = new LinkedHashMap<>(scores);
        coefficients = new LinkedHashMap<>(coefficients);
        measured = new LinkedHashMap<>(measured);
    }

    /**
     * A step of which no more is known.
     *
     * @param loss what was minimised
     * @param right accuracy or R^2
     * @param scores of each modality
     * @param coefficients k of each modality
     */
    public TrainingStep(
            double loss,
            double right,
            Map<String, Double> scores,
            Map<String, Double> coefficients) {
        this(loss, right, scores, coefficients, Map.of());
    }

    /**
     * The ratio rho of a modality: the mean over the others of its score over theirs.
     *
     * @param modality its name
     * @return NaN if a score is
     */
    public double ratio(String modality) {
        double own = scores.get(modality);
        double sum = 0;
        for (Map.Entry<String, Double> other : scores.entrySet()) {
            if (!other.getKey().equals(modality)) {
                sum += own / other.getValue();
            }
        }
        return sum / (scores.size() - 1);
    }
}
