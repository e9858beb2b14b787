package org.ogm4j.plan;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.Distillation;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.presence.PresencePlan;
import org.ogm4j.score.Readout;

/**
 * One modality, as a gate remembers it.
 *
 * @param name its name
 * @param readouts where its logits come from
 * @param inUpdaters whether its coefficient acts in the decorated updaters of its encoder; else on
 *     the error signal at its gates
 * @param signal what its encoder learns from; missing: the joint loss alone
 * @param presence how to tell whether an example has it; missing: every example has it
 * @param distillation what it takes over from a teacher, null without one
 */
public record ModalityPlan(
        @JsonProperty(value = "name", required = true) String name,
        @JsonProperty(value = "readouts", required = true) List<Readout> readouts,
        @JsonProperty(value = "inUpdaters", required = true) boolean inUpdaters,
        @JsonProperty("signal") UnimodalSignal signal,
        @JsonProperty("presence") PresencePlan presence,
        @JsonProperty("distillation") @JsonInclude(JsonInclude.Include.NON_NULL)
                Distillation distillation)
        implements Serializable {

    /** Checks what JSON may lack. */
    public ModalityPlan {
        Objects.requireNonNull(name, "name");
        readouts = List.copyOf(readouts);
        signal = signal == null ? UnimodalSignal.none() : signal;
    }

    /** Whether its own logits take over the predictions of a teacher. */
    public boolean distillsLogits() {
        return distillation != null && distillation.logits() > 0;
    }
}
