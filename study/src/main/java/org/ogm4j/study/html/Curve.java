package org.ogm4j.study.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

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
     * The same with an upright jump at these places, which it has, instead of a slope after them.
     */
    public Curve jumpingAt(double... edges) {
        List<Place> jumping = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            double x = places.get(i).x();
            jumping.add(places.get(i));
            if (i + 1 < places.size() && DoubleStream.of(edges).anyMatch(edge -> edge == x)) {
                Place next = places.get(i + 1);
                jumping.add(new Place(x, next.mean(), next.low(), next.high()));
            }
        }
        return new Curve(name, ink, dashed, jumping);
    }

    /** The same with a band that ends where values do. */
    public Curve within(double least, double most) {
        return new Curve(
                name,
                ink,
                dashed,
                places.stream()
                        .map(
                                place ->
                                        new Place(
                                                place.x(),
                                                place.mean(),
                                                Math.max(least, place.low()),
                                                Math.min(most, place.high())))
                        .toList());
    }

    /** The highest edge of the band; minus infinity without places. */
    public double highest() {
        return places.stream().mapToDouble(Place::high).max().orElse(Double.NEGATIVE_INFINITY);
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
