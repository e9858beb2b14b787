package org.ogm4j.study.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CropBoxTest {

    private static final int DRAWS = 10_000;

    /** Limit of sqrt(n) sup |F_n - F|, exceeded with probability 2 exp(-2 * 2.3^2) = 5e-5. */
    private static final double KOLMOGOROV = 2.3;

    @Test
    void theSamePartOfAnother() {
        CropBox part = new CropBox(3, 4, 5, 6);
        assertEquals(new CropBox(13, 24, 5, 6), part.in(new CropBox(10, 20, 30, 40), 30, 40));
        assertEquals(new CropBox(6, 2, 10, 3), part.in(CropBox.whole(60, 20), 30, 40));
        assertEquals(new CropBox(0, 0, 1, 1), part.in(CropBox.whole(1, 1), 30, 40));
    }

    @Test
    void everyBoxIsInsideAndWithinTheRanges() {
        for (CropBox box : draw(480, 360)) {
            assertTrue(box.x() >= 0 && box.x() + box.width() <= 480, box::toString);
            assertTrue(box.y() >= 0 && box.y() + box.height() <= 360, box::toString);
            // sides are rounded to whole pixels, by half a pixel at most
            double longest = (box.width() + 0.5) * (box.height() + 0.5) / (480.0 * 360);
            double shortest = (box.width() - 0.5) * (box.height() - 0.5) / (480.0 * 360);
            assertTrue(longest >= 0.08 && shortest <= 1, box::toString);
            assertTrue((box.width() + 0.5) / (box.height() - 0.5) >= 3.0 / 4, box::toString);
            assertTrue((box.width() - 0.5) / (box.height() + 0.5) <= 4.0 / 3, box::toString);
        }
    }

    /**
     * In a square every box up to 3/4 of its area fits. So, among these, area and log ratio are
     * uniform. The rates of false alarm, with another seed, are 5e-5 for each of the four.
     */
    @Test
    void areaRatioAndPlaceAreUniform() {
        CropBox[] boxes =
                Stream.of(draw(4000, 4000))
                        .filter(box -> box.width() * (double) box.height() < 0.75 * 4000 * 4000)
                        .toArray(CropBox[]::new);

        double limit = Math.log(4.0 / 3);
        assertUniform(boxes, 0.08, 0.75, box -> box.width() * (double) box.height() / 16e6);
        assertUniform(boxes, -limit, limit, box -> Math.log((double) box.width() / box.height()));
        assertUniform(boxes, 0, 1, box -> box.x() / (4000.0 - box.width()));
        assertUniform(boxes, 0, 1, box -> box.y() / (4000.0 - box.height()));
    }

    @Test
    void whereNoBoxFitsTheMiddleIsTaken() {
        assertEquals(new CropBox(498, 0, 4, 3), CropBox.random(1000, 3, new SplittableRandom(1)));
        assertEquals(new CropBox(0, 498, 3, 4), CropBox.central(3, 1000));
        assertEquals(new CropBox(0, 0, 11, 10), CropBox.central(11, 10));
        assertEquals(new CropBox(0, 0, 1, 1), CropBox.central(1, 1));
    }

    private static CropBox[] draw(int width, int height) {
        SplittableRandom random = new SplittableRandom(11);
        return Stream.generate(() -> CropBox.random(width, height, random))
                .limit(DRAWS)
                .toArray(CropBox[]::new);
    }

    private static void assertUniform(
            CropBox[] boxes, double from, double to, ToDoubleFunction<CropBox> f) {
        double[] values = Arrays.stream(boxes).mapToDouble(f).sorted().toArray();
        double distance = 0;
        for (int i = 0; i < values.length; i++) {
            double expected = (values[i] - from) / (to - from);
            distance = Math.max(distance, expected - (double) i / values.length);
            distance = Math.max(distance, (i + 1.0) / values.length - expected);
        }
        assertTrue(distance * Math.sqrt(values.length) < KOLMOGOROV, "distance " + distance);
    }
}
