package org.ogm4j.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Compares arrays: shape, type, finite, then every element. INDArray.equals has a tolerance of its
 * own.
 */
public final class Compare {

    private Compare() {}

    /** Asserts {@code |actual - expected| <= rtol |expected|} for every element. */
    public static void close(INDArray expected, INDArray actual, double rtol, String what) {
        close(expected, actual, rtol, 0, what);
    }

    /** Asserts {@code |actual - expected| <= atol + rtol |expected|} for every element. */
    public static void close(
            INDArray expected, INDArray actual, double rtol, double atol, String what) {
        assertArrayEquals(expected.shape(), actual.shape(), what + ": shape");
        assertEquals(expected.dataType(), actual.dataType(), what + ": type");
        close(flat(expected), flat(actual), rtol, atol, what);
    }

    /** Asserts {@code |actual - expected| <= atol + rtol |expected|} for every element. */
    public static void close(
            double[] expected, double[] actual, double rtol, double atol, String what) {
        assertEquals(expected.length, actual.length, what + ": length");
        for (int i = 0; i < expected.length; i++) {
            double bound = atol + rtol * Math.abs(expected[i]);
            // a message for each element would take longer than what it is about
            if (!(Double.isFinite(actual[i]) && Math.abs(actual[i] - expected[i]) <= bound)) {
                fail(what + "[" + i + "]: expected " + expected[i] + ", got " + actual[i]);
            }
        }
    }

    /** Asserts equality to the last bit, NaN included. */
    public static void same(INDArray expected, INDArray actual, String what) {
        assertArrayEquals(expected.shape(), actual.shape(), what + ": shape");
        assertEquals(expected.dataType(), actual.dataType(), what + ": type");
        assertArrayEquals(flat(expected), flat(actual), what);
    }

    /** Asserts that the updater state is equal to the last bit, or that neither network has any. */
    public static void sameState(ComputationGraph expected, ComputationGraph actual, String what) {
        if (expected.updaterState() == null) {
            assertNull(actual.updaterState(), what);
        } else {
            same(expected.updaterState(), actual.updaterState(), what);
        }
    }

    /** Whether any element differs. */
    public static boolean differ(INDArray a, INDArray b) {
        return !Arrays.equals(flat(a), flat(b));
    }

    private static double[] flat(INDArray array) {
        return array.castTo(DataType.DOUBLE).dup('c').reshape(array.length()).toDoubleVector();
    }
}
