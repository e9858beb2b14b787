package org.ogm4j.math;

import java.util.List;

/**
 * Which rows of a head's weights read one modality.
 *
 * @param total the number of rows
 * @param own those of the modality
 */
public record HeadRows(int total, List<Range> own) {

    /**
     * Neighbouring rows.
     *
     * @param from the first
     * @param to one after the last
     */
    public record Range(int from, int to) {}
}
