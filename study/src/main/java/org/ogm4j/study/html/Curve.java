package org.ogm4j.study.html;

import java.util.List;

/**
 * A line with a band.
 *
 * @param name in the legend
 * @param ink of both
 * @param dashed or solid
 * @param places from left to right
 */
public record Curve(String name, Ink ink, boolean dashed, List<Place> places) {

    /** Copies the list. */
    public Curve {
        places = List.copyOf(places);
    }

    /**
     * One place of the line.
     *
     * @param x where
     * @param mean height of the line
     * @param low lower edge of the band
     * @param high upper edge of the band
     */
    public record Place(double x, double mean, double low, double high) {}
}
