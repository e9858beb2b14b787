package org.ogm4j.plan;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.PredictionModulation;
import org.ogm4j.score.Edge;

/**
 * How features are dropped, and where.
 *
 * @param modulation how
 * @param edges for each modality the inputs of gates through which its features enter the fusion
 */
public record DropPlan(
        @JsonProperty(value = "modulation", required = true) PredictionModulation modulation,
        @JsonProperty(value = "edges", required = true) Map<String, List<Edge>> edges)
        implements Serializable {

    /** Checks what JSON may lack. */
    public DropPlan {
        Objects.requireNonNull(modulation, "modulation");
        edges = new LinkedHashMap<>(edges);
    }

    /**
     * Whether the features at an input of a gate are dropped.
     *
     * @param modality whose features they are, null if they are shared
     * @param edge the input
     * @return whether they are
     */
    public boolean actsAt(String modality, Edge edge) {
        return edges.getOrDefault(modality, List.of()).contains(edge);
    }
}
