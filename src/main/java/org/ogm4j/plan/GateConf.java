package org.ogm4j.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.tokens.TokenPlan;

/**
 * The gate at the entrance of one vertex: which modality each input of the vertex comes from.
 *
 * @param plan what modulation needs to know, the same in every gate of a network
 * @param modalities for each input of the vertex the name of its modality; null for an input that
 *     is shared
 * @param tokens of a trunk layer that is modulated token by token: whose tokens it works on; else
 *     null
 * @param state what training keeps from one step for the next; that of the first gate counts
 */
public record GateConf(
        @JsonProperty(value = "plan", required = true) ModulationPlan plan,
        @JsonProperty(value = "modalities", required = true) List<String> modalities,
        @JsonProperty("tokens") TokenPlan tokens,
        @JsonProperty("state") TrainingState state)
        implements Serializable {

    /** Checks what JSON may lack. */
    public GateConf {
        Objects.requireNonNull(plan, "plan");
        modalities = Collections.unmodifiableList(new ArrayList<>(modalities));
        state = state == null ? new TrainingState() : state;
    }

    /** A gate that shares no state with this one. */
    public GateConf copy() {
        return new GateConf(plan, modalities, tokens, state.copy());
    }
}
