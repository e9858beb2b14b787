package org.ogm4j.score;

import java.io.Serializable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.shade.jackson.annotation.JsonSubTypes;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/** Where the logits of one modality alone come from, at one output of a network. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "from")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HeadReadout.class, name = "head"),
    @JsonSubTypes.Type(value = ZeroOutReadout.class, name = "zeroOut")
})
public sealed interface Readout extends Serializable permits HeadReadout, ZeroOutReadout {

    /**
     * The output layer whose labels, loss and activation judge the logits.
     *
     * @return its name
     */
    String output();

    /**
     * What makes predictions of the logits, where that is not the output layer's own activation.
     *
     * @return null for the output layer's own
     */
    IActivation activation();
}
