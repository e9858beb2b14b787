package org.ogm4j.study.tensorboard;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of one step.
 *
 * @param step at which they were measured
 * @param seconds when, since 1970
 * @param values by their tag, such as {@code validation/fused}; TensorBoard keeps 32 bits of each
 */
public record Scalars(long step, double seconds, Map<String, Float> values) {

    /** Copies the map in its order. */
    public Scalars {
        values = new LinkedHashMap<>(values);
    }
}
