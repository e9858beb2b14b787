package org.ogm4j.study;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measure of a network: accuracy in [0, 1] where it answers with classes, R^2 where with
 * numbers, or another that is named beside it. NaN where the network gives no such answer.
 *
 * @param fused from all modalities
 * @param alone from each one alone, by its name
 * @since 0.1.0
 */
public record Scores(double fused, Map<String, Double> alone) {

    /** Copies the map. */
    public Scores {
        alone = new LinkedHashMap<>(alone);
    }

    /**
     * From one modality alone.
     *
     * @param modality its name
     * @return NaN if there is none
     */
    public double alone(String modality) {
        return alone.getOrDefault(modality, Double.NaN);
    }
}
