package org.ogm4j.score;

import java.io.Serializable;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * One input of a vertex, and whether its features are read: the rows of a head's weights follow
 * these inputs in order.
 *
 * @param vertex the vertex that holds the features as its input
 * @param input which of its inputs, counted from 0
 * @param own whether the features are the modality's own; others only take up rows
 */
public record FeatureSlice(
        @JsonProperty(value = "vertex", required = true) String vertex,
        @JsonProperty(value = "input", required = true) int input,
        @JsonProperty(value = "own", required = true) boolean own)
        implements Serializable {

    /** Checks what JSON may lack. */
    public FeatureSlice {
        Objects.requireNonNull(vertex, "vertex");
    }
}
