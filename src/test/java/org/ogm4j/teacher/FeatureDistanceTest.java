package org.ogm4j.teacher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Thrown;

/** 2 lambda (phi - t) / d with d counted by hand, for every layout and mask. */
class FeatureDistanceTest {

    private static final double LAMBDA = 1.5;
    private static final Random RANDOM = new Random(1);

    private static int[] each(int rows) {
        return IntStream.range(0, rows).toArray();
    }

    private static INDArray gradient(
            INDArray phi, INDArray t, INDArray mask, int[] exampleOf, boolean channelsLast) {
        return FeatureDistance.gradient(
                phi, new Teacher.Lesson(t, mask), exampleOf, channelsLast, LAMBDA);
    }

    @Test
    void vectorsAndImages() {
        for (long[] shape : new long[][] {{3, 5}, {3, 2, 4}, {3, 2, 4, 6}}) {
            INDArray phi = Nets.gaussian(RANDOM, shape);
            INDArray t = Nets.gaussian(RANDOM, shape);
            double d = phi.length() / 3.0;
            Compare.close(
                    phi.sub(t).mul(2 * LAMBDA / d),
                    gradient(phi, t, null, each(3), false),
                    1e-14,
                    "no mask");
        }
    }

    /** One example has two of four steps, one has none. */
    @Test
    void hiddenSteps() {
        INDArray mask =
                Nd4j.createFromArray(new double[][] {{1, 1, 0, 0}, {1, 1, 1, 1}, {0, 0, 0, 0}});
        for (boolean last : new boolean[] {false, true}) {
            // as many features as steps, so that the shape does not tell which is which
            INDArray phi = Nets.gaussian(RANDOM, 3, 4, 4);
            INDArray t = Nets.gaussian(RANDOM, 3, 4, 4);
            INDArray actual = gradient(phi, t, mask, each(3), last);
            double[] d = {8, 16, 1};
            for (int i = 0; i < 3; i++) {
                for (int a = 0; a < 4; a++) {
                    for (int b = 0; b < 4; b++) {
                        double shown = mask.getDouble(i, last ? a : b);
                        double difference = phi.getDouble(i, a, b) - t.getDouble(i, a, b);
                        assertEquals(
                                shown * 2 * LAMBDA * difference / d[i],
                                actual.getDouble(i, a, b),
                                1e-14);
                    }
                }
            }
        }
    }

    /** Steps one under the other: row t m + i is of example i. */
    @Test
    void rowsThatAreSteps() {
        INDArray phi = Nets.gaussian(RANDOM, 6, 3);
        INDArray t = Nets.gaussian(RANDOM, 6, 3);
        int[] exampleOf = {0, 1, 0, 1, 0, 1};
        Compare.close(
                phi.sub(t).mul(2 * LAMBDA / 9),
                gradient(phi, t, null, exampleOf, false),
                1e-14,
                "rows");
        INDArray mask = Nd4j.createFromArray(1.0, 1, 1, 0, 1, 0).reshape(6, 1);
        INDArray weights = Nd4j.createFromArray(1 / 9.0, 1 / 3.0, 1 / 9.0, 0, 1 / 9.0, 0);
        Compare.close(
                phi.sub(t).mul(2 * LAMBDA).muliColumnVector(weights.reshape(6, 1)),
                gradient(phi, t, mask, exampleOf, false),
                1e-14,
                "masked rows");
    }

    @Test
    void hiddenPlacesOfImages() {
        INDArray phi = Nets.gaussian(RANDOM, 2, 3, 4, 5);
        INDArray t = Nets.gaussian(RANDOM, 2, 3, 4, 5);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, 2, 1, 4, 1);
        mask.putScalar(new int[] {0, 0, 3, 0}, 0);
        INDArray actual = gradient(phi, t, mask, each(2), false);
        assertEquals(0, actual.getDouble(0, 1, 3, 2));
        assertEquals(
                2 * LAMBDA * (phi.getDouble(0, 1, 2, 2) - t.getDouble(0, 1, 2, 2)) / 45,
                actual.getDouble(0, 1, 2, 2),
                1e-14);
        assertEquals(
                2 * LAMBDA * (phi.getDouble(1, 1, 3, 2) - t.getDouble(1, 1, 3, 2)) / 60,
                actual.getDouble(1, 1, 3, 2),
                1e-14);
    }

    /** A mask of steps that a mean was taken over hides nothing of the mean. */
    @Test
    void aMaskOfSomethingElseDoesNotCount() {
        INDArray phi = Nets.gaussian(RANDOM, 3, 5);
        INDArray t = Nets.gaussian(RANDOM, 3, 5);
        INDArray mask = Nd4j.zeros(DataType.DOUBLE, 3, 7);
        Compare.same(
                gradient(phi, t, null, each(3), false),
                gradient(phi, t, mask, each(3), false),
                "mask of steps");
    }

    @Test
    void inHalfPrecisionLittleIsNotNothing() {
        INDArray phi = Nd4j.ones(DataType.FLOAT16, 1, 20000);
        INDArray t = Nd4j.zeros(DataType.FLOAT16, 1, 20000);
        INDArray actual = gradient(phi, t, null, each(1), false);
        assertEquals(DataType.FLOAT16, actual.dataType());
        assertEquals(2 * LAMBDA / 20000, actual.getDouble(0, 7), 1e-6);
    }

    @Test
    void otherShapes() {
        String message =
                Thrown.message(
                        IllegalStateException.class,
                        () -> gradient(Nd4j.ones(2, 3), Nd4j.ones(2, 4), null, each(2), false));
        assertTrue(
                message.startsWith(
                        "features of a teacher must have the shape of the encoder's, [2, 3], got [2, 4]"),
                message);
    }
}
