package org.ogm4j.graph;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;

/**
 * What the user asked for.
 *
 * @param modalities the network inputs of each modality by name, in order; empty: one modality per
 *     network input
 * @param heads for each modality the layer whose output is its logits; where none is named the
 *     trace finds it
 * @param rule ratio to coefficient
 * @param noise the noise to add
 * @param firstEpoch the first epoch with modulation, counted from 0
 * @param lastEpoch the last epoch with modulation, inclusive
 * @param seed the seed of the noise
 * @param updater the updater to set on the whole network; null leaves each layer its own
 */
public record ModulationSettings(
        Map<String, List<String>> modalities,
        Map<String, String> heads,
        CoefficientRule rule,
        GradientNoise noise,
        int firstEpoch,
        int lastEpoch,
        long seed,
        IUpdater updater) {}
