package org.ogm4j.plan;

import java.io.Serializable;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * How often the features of each modality are dropped in the step after another.
 *
 * @param after the iteration of that other step
 * @param rates q of each modality, in the order of the plan; empty if that step had no ratios
 * @param theta {@code sum_u d_u q_u / sum_u d_u}, below 1; 0 where nothing is dropped
 */
public record DropRates(
        @JsonProperty("after") int after,
        @JsonProperty(value = "rates", required = true) List<Double> rates,
        @JsonProperty("theta") double theta)
        implements Serializable {

    /** Checks what JSON may lack. */
    public DropRates {
        rates = List.copyOf(rates);
        if (!(theta >= 0 && theta < 1)) {
            throw new IllegalArgumentException("theta must be in [0, 1), got " + theta);
        }
    }
}
