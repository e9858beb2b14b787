package org.ogm4j.graph;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;

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
        @JsonProperty("momentCoefficient") boolean momentCoefficient)
        implements Serializable {

    /** Checks what JSON may lack. */
    public ModulationPlan {
        modalities = List.copyOf(modalities);
        gates = List.copyOf(gates);
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(noise, "noise");
    }

    boolean actsIn(int epoch) {
        return firstEpoch <= epoch && epoch <= lastEpoch;
    }
}
