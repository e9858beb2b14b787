package org.ogm4j.study.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {

    private static final Curve CURVE =
            new Curve(
                    "k",
                    Ink.FIRST,
                    false,
                    List.of(
                            new Curve.Place(5, 1, 1, 1),
                            new Curve.Place(10, 0.5, 0.25, 0.75),
                            new Curve.Place(15, 1, 1, 1.5)));

    /** At an edge the line has both heights, the one before first. */
    @Test
    void jumpsAtEdges() {
        assertEquals(
                List.of(
                        new Curve.Place(5, 1, 1, 1),
                        new Curve.Place(5, 0.5, 0.25, 0.75),
                        new Curve.Place(10, 0.5, 0.25, 0.75),
                        new Curve.Place(10, 1, 1, 1.5),
                        new Curve.Place(15, 1, 1, 1.5)),
                CURVE.jumpingAt(5, 10).places());
        assertEquals(CURVE, CURVE.jumpingAt());
        assertEquals(CURVE, CURVE.jumpingAt(15), "nothing comes after the last place");
    }

    @Test
    void bandsEndWhereValuesDo() {
        Curve bounded = CURVE.within(0.5, 1);

        assertEquals(new Curve.Place(10, 0.5, 0.5, 0.75), bounded.places().get(1));
        assertEquals(new Curve.Place(15, 1, 1, 1), bounded.places().get(2));
        assertEquals(1.5, CURVE.highest());
    }
}
