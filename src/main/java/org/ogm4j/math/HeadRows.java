package org.ogm4j.math;

import java.util.List;

/**
 * Which rows of a head's weights read one modality.
 *
 * @param total the number of rows
 * @param own those of the modality
 * @param length of what they read in the present batch: the root mean square over examples of
 *     {@code || phi_i ||_2}; 1 where that was not asked for
 */
public record HeadRows(int total, List<Range> own, double length) {

    /**
     * Neighbouring rows.
     *
     * @param from the first
     * @param to one after the last
     */
    public record Range(int from, int to) {}

    /**
     * Rows alone.
     *
     * @param total the number of rows
     * @param own those of the modality
     */
    public HeadRows(int total, List<Range> own) {
        this(total, own, 1);
    }

    /**
     * The same rows.
     *
     * @param length of what they read
     * @return a new value
     */
    public HeadRows reading(double length) {
        return new HeadRows(total, own, length);
    }
}
