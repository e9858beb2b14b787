package org.ogm4j.tokens;

import java.io.Serializable;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Neighbouring tokens of a sequence that have the same owner.
 *
 * @param owner the modality whose tokens they are; null: of several modalities at once
 * @param of the vertex that outputs as many tokens as these
 */
public record TokenRange(
        @JsonProperty("owner") String owner, @JsonProperty(value = "of", required = true) String of)
        implements Serializable {

    /** Checks what JSON may lack. */
    public TokenRange {
        Objects.requireNonNull(of, "of");
    }
}
