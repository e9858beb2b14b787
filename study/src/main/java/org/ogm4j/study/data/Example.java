package org.ogm4j.study.data;

import java.util.List;

/**
 * What is known of one example besides its arrays.
 *
 * @param id its name, unique in the data set
 * @param label one class index; or a 0 or 1 per label; or the numbers of a regression
 * @param fold the part that the data set's authors put it into; null if none
 * @param group whom or what it is of, such as a speaker: a split by seed keeps groups whole; null
 *     if none
 * @since 0.1.0
 */
public record Example(String id, List<Double> label, String fold, String group) {

    /** Copies the list. */
    public Example {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("id must not be empty, got " + id);
        }
        label = List.copyOf(label);
    }
}
