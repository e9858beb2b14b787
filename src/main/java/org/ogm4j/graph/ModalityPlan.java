package org.ogm4j.graph;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.score.Readout;

/**
 * One modality, as a gate remembers it.
 *
 * @param name its name
 * @param readouts where its logits come from
 * @param inUpdaters whether its coefficient acts in the decorated updaters of its encoder; else on
 *     the error signal at its gates
 */
public record ModalityPlan(
        @JsonProperty("name") String name,
        @JsonProperty("readouts") List<Readout> readouts,
        @JsonProperty("inUpdaters") boolean inUpdaters)
        implements Serializable {

    /** Checks what JSON may lack. */
    public ModalityPlan {
        Objects.requireNonNull(name, "name");
        readouts = List.copyOf(readouts);
    }
}
