package org.ogm4j.score;

import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Logits of the shared part of the network, run on the modality's own features with those of all
 * other modalities set to 0.
 *
 * @param output the output layer that gives the logits, and whose labels, loss and activation judge
 *     them
 */
public record ZeroOutReadout(@JsonProperty(value = "output", required = true) String output)
        implements Readout {

    /** Checks what JSON may lack. */
    public ZeroOutReadout {
        Objects.requireNonNull(output, "output");
    }
}
