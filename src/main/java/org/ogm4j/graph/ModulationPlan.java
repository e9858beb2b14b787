package org.ogm4j.graph;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.score.Readout;
import org.ogm4j.score.ZeroOutReadout;

/**
 * All that modulation needs to know in training. Every gate of a network carries the whole of it,
 * so that it is saved with the network's configuration.
 *
 * @param modalities the modalities, at least two
 * @param gates the names of all vertices that carry a gate
 * @param rule ratio to coefficient
 * @param noise the noise to add to the error signals
 * @param firstEpoch the first epoch with modulation, counted from 0
 * @param lastEpoch the last epoch with modulation, inclusive
 * @param seed the seed of the noise
 * @param shared the vertices that scores by zero-out run, in the order that data flows: for each of
 *     their inputs the modality that it comes from, null for one from among them
 * @param scoreEvery how many steps a score serves
 * @param momentCoefficient whether an encoder has the Adam variant with its factor on the first
 *     moment
 */
public record ModulationPlan(
        @JsonProperty("modalities") List<ModalityPlan> modalities,
        @JsonProperty("gates") List<String> gates,
        @JsonProperty("rule")
                @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
                @JsonSerialize(using = RuleSerializer.class)
                CoefficientRule rule,
        @JsonProperty("noise") GradientNoise noise,
        @JsonProperty("firstEpoch") int firstEpoch,
        @JsonProperty("lastEpoch") int lastEpoch,
        @JsonProperty("seed") long seed,
        @JsonProperty("shared") Map<String, List<String>> shared,
        @JsonProperty("scoreEvery") int scoreEvery,
        @JsonProperty("momentCoefficient") boolean momentCoefficient)
        implements Serializable {

    /** Checks what JSON may lack. */
    public ModulationPlan {
        modalities = List.copyOf(modalities);
        gates = List.copyOf(gates);
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(noise, "noise");
        shared = shared == null ? Map.of() : new LinkedHashMap<>(shared); // in the order of data
        scoreEvery = Math.max(1, scoreEvery);
    }

    /** The outputs that scores by zero-out are read from. */
    Set<String> zeroOutputs() {
        return modalities.stream()
                .flatMap(modality -> modality.readouts().stream())
                .filter(ZeroOutReadout.class::isInstance)
                .map(Readout::output)
                .collect(Collectors.toSet());
    }

    boolean actsIn(int epoch) {
        return firstEpoch <= epoch && epoch <= lastEpoch;
    }
}
