package org.ogm4j.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;
import org.nd4j.shade.jackson.databind.annotation.JsonTypeIdResolver;
import org.ogm4j.BalanceRule;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.presence.PresencePlan;
import org.ogm4j.score.Readout;
import org.ogm4j.score.ZeroOutReadout;

/**
 * All that modulation needs to know in training. Every gate of a network carries the whole of it,
 * so that it is saved with the network's configuration.
 *
 * @param version of this format, {@link #VERSION}
 * @param modalities the modalities, at least two
 * @param gates the names of all vertices that carry a gate
 * @param rule what was measured to coefficients
 * @param noise the noise to add to the error signals
 * @param firstEpoch the first epoch with modulation, counted from 0
 * @param lastEpoch the last epoch with modulation, inclusive
 * @param seed the seed of the noise
 * @param shared the vertices that scores by zero-out run, in the order that data flows: for each of
 *     their inputs the modality that it comes from, null for one from among them
 * @param scoreEvery how many steps a score serves
 * @param momentCoefficient whether an encoder has the Adam variant with its factor on the first
 *     moment
 * @param drop how features are dropped; null where none are
 * @param sharedRatio whether replicas in one process compare modalities on the examples of all
 */
public record ModulationPlan(
        @JsonProperty("version") int version,
        @JsonProperty(value = "modalities", required = true) List<ModalityPlan> modalities,
        @JsonProperty(value = "gates", required = true) List<String> gates,
        @JsonProperty(value = "rule", required = true)
                @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "@class")
                @JsonTypeIdResolver(RuleTypes.class)
                @JsonSerialize(using = RuleSerializer.class)
                BalanceRule rule,
        @JsonProperty(value = "noise", required = true) GradientNoise noise,
        @JsonProperty(value = "firstEpoch", required = true) int firstEpoch,
        @JsonProperty(value = "lastEpoch", required = true) int lastEpoch,
        @JsonProperty(value = "seed", required = true) long seed,
        @JsonProperty("shared") Map<String, List<String>> shared,
        @JsonProperty("scoreEvery") int scoreEvery,
        @JsonProperty(value = "momentCoefficient", required = true) boolean momentCoefficient,
        @JsonProperty("drop") @JsonInclude(JsonInclude.Include.NON_NULL) DropPlan drop,
        @JsonProperty("sharedRatio") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                boolean sharedRatio)
        implements Serializable {

    /**
     * The version that this library writes, and the only one that it reads. It rises with every
     * change that another version would read wrongly: Jackson skips the properties that it does not
     * know. 4 is that of 0.1.0.
     */
    public static final int VERSION = 4;

    /** Checks what JSON may lack, where a missing version is 0. */
    public ModulationPlan {
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "version of the modulation must be %d, got %d: the network was written by %s version of this library; read it with that one, strip it there, and modulate it again here"
                            .formatted(
                                    VERSION, version, version > VERSION ? "a newer" : "an older"));
        }
        modalities = List.copyOf(modalities);
        gates = List.copyOf(gates);
        if (gates.isEmpty()) {
            throw new IllegalArgumentException("gates must be at least 1, got none");
        }
        Objects.requireNonNull(rule, "rule");
        if (momentCoefficient && !(rule instanceof CoefficientRule)) {
            throw new IllegalArgumentException(
                    "rule must be a CoefficientRule where p acts, got " + rule);
        }
        Objects.requireNonNull(noise, "noise");
        shared = shared == null ? Map.of() : new LinkedHashMap<>(shared); // in the order of data
        scoreEvery = Math.max(1, scoreEvery);
    }

    /**
     * Where the logits of all modalities come from.
     *
     * @return of one modality after the other
     */
    public List<Readout> readouts() {
        return modalities.stream().flatMap(modality -> modality.readouts().stream()).toList();
    }

    /**
     * How to tell which examples have which modality.
     *
     * @return one per modality; null: every example has it
     */
    public List<PresencePlan> presence() {
        List<PresencePlan> plans = new ArrayList<>();
        modalities.forEach(modality -> plans.add(modality.presence()));
        return plans;
    }

    /**
     * The outputs that scores by zero-out are of.
     *
     * @return for each the vertex that gives its logits
     */
    public Map<String, String> zeroOutputs() {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (Readout readout : readouts()) {
            if (readout instanceof ZeroOutReadout zeroOut) {
                outputs.put(zeroOut.output(), zeroOut.logits());
            }
        }
        return outputs;
    }

    /**
     * Whether an epoch is inside the window.
     *
     * @param epoch counted from 0
     * @return whether modulation acts in it
     */
    public boolean actsIn(int epoch) {
        return firstEpoch <= epoch && epoch <= lastEpoch;
    }
}
