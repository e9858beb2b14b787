package org.ogm4j.study.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResizingTest {

    @Test
    void resizingMakesSmallerWithATriangleOfTheNewPixelsWidth() {
        float[] values = new float[3 * 4 * 2];
        for (int x = 0; x < 4; x++) {
            values[x] = new float[] {7, 14, 28, 70}[x];
            values[4 + x] = values[x];
        }

        Pixels small = Resizing.resize(new Pixels(4, 2, values), new CropBox(0, 0, 4, 2), 2, 2);

        // at centres 1 and 3 of a triangle that reaches 2 far: weights 3, 3, 1 and 1, 3, 3
        assertEquals((3 * 7 + 3 * 14 + 28) / 7f, small.at(0, 0, 0), 1e-5);
        assertEquals((14 + 3 * 28 + 3 * 70) / 7f, small.at(0, 1, 1), 1e-5);
    }

    @Test
    void resizingMakesLargerByInterpolationWithinTheBox() {
        float[] values = new float[3 * 4 * 4];
        for (int i = 0; i < 16; i++) {
            values[i] = 100 * (i / 4) + 10 * (i % 4);
        }

        Pixels large = Resizing.resize(new Pixels(4, 4, values), new CropBox(1, 2, 2, 2), 4, 4);

        float[] columns = {10, 12.5f, 17.5f, 20};
        float[] rows = {200, 225, 275, 300};
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                assertEquals(rows[y] + columns[x], large.at(0, x, y), 1e-4);
            }
        }
    }

    @Test
    void rowsAndColumnsHaveSizesOfTheirOwn() {
        float[] values = new float[3 * 2 * 4];
        for (int i = 0; i < 8; i++) {
            values[i] = i;
        }

        Pixels small = Resizing.resize(new Pixels(4, 2, values), CropBox.whole(4, 2), 4, 1);

        assertEquals(4, small.width());
        assertEquals(1, small.height());
        for (int x = 0; x < 4; x++) {
            assertEquals(x + 2, small.at(0, x, 0), 1e-6); // the mean of x and x + 4
        }
    }

    @Test
    void theSizeThatAnImageHasLeavesItToTheLastBit() {
        float[] values = new float[3 * 5 * 7];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (255 * random.nextDouble());
        }

        Pixels same = Resizing.resize(new Pixels(7, 5, values), CropBox.whole(7, 5), 7, 5);

        assertArrayEquals(values, same.values());
    }
}
