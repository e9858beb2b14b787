package org.ogm4j.presence;

import java.io.Serializable;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.MissingModality;

/**
 * How to tell whether an example has a modality.
 *
 * @param inputs the modality's network inputs; it is absent where all of them are
 * @param missing how an absent one looks
 */
public record PresencePlan(
        @JsonProperty(value = "inputs", required = true) List<String> inputs,
        @JsonProperty(value = "missing", required = true) MissingModality missing)
        implements Serializable {

    /** Checks what JSON may lack. */
    public PresencePlan {
        inputs = List.copyOf(inputs);
        missing = missing == null ? MissingModality.masks() : missing;
    }

    boolean readsZeros() {
        return missing.kind() == MissingModality.Kind.ZEROS;
    }

    boolean readsNans() {
        return missing.kind() == MissingModality.Kind.NANS;
    }
}
