package org.ogm4j.score;

import java.util.Objects;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Logits of the shared part of the network, run on the modality's own features with those of all
 * other modalities set to 0.
 *
 * @param output the output layer whose labels, loss and activation judge the logits
 * @param logits the vertex that gives them if its activation is left out: the output layer, or one
 *     in front of it that makes the probabilities which a loss layer reads
 * @param activation what makes predictions of the logits, where that is not the output layer's own;
 *     null for its own
 */
public record ZeroOutReadout(
        @JsonProperty(value = "output", required = true) String output,
        @JsonProperty("logits") String logits,
        @JsonProperty("activation") @JsonInclude(JsonInclude.Include.NON_NULL)
                IActivation activation)
        implements Readout {

    /** Checks what JSON may lack. */
    public ZeroOutReadout {
        Objects.requireNonNull(output, "output");
        logits = logits == null ? output : logits;
    }
}
