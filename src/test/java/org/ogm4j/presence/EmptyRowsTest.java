package org.ogm4j.presence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Rows of zeros and of NaN, in arrays of every kind. */
class EmptyRowsTest {

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"HALF", "FLOAT", "DOUBLE", "INT", "LONG", "BOOL"})
    void rowsOfZeros(DataType type) {
        INDArray array = Nd4j.zeros(DataType.DOUBLE, 3, 2, 4);
        assertArrayEquals(new boolean[] {true, true, true}, EmptyRows.zeros(array.castTo(type)));
        array.putScalar(new int[] {1, 1, 3}, 1);
        assertArrayEquals(new boolean[] {true, false, true}, EmptyRows.zeros(array.castTo(type)));
        assertNull(EmptyRows.zeros(Nd4j.ones(type, 3, 2, 4)));
    }

    /** Plus and minus cancel in a sum, and the smallest number is not 0. */
    @Test
    void nothingElseIsZero() {
        INDArray array = Nd4j.createFromArray(new double[][] {{1, -1}, {0, Double.MIN_VALUE}});
        assertNull(EmptyRows.zeros(array));
        array.putScalar(0, 0, Double.NaN);
        array.putScalar(0, 1, 0);
        assertNull(EmptyRows.zeros(array), "a row with NaN");
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"HALF", "FLOAT", "DOUBLE"})
    void rowsOfNan(DataType type) {
        INDArray array = Nd4j.ones(type, 3, 2, 4);
        assertNull(EmptyRows.nans(array));
        array.slice(2).assign(Double.NaN);
        assertArrayEquals(new boolean[] {false, false, true}, EmptyRows.nans(array));
        array.putScalar(new int[] {0, 1, 1}, Double.NaN);
        assertArrayEquals(new boolean[] {false, false, true}, EmptyRows.nans(array), "one NaN");
        array.putScalar(new int[] {2, 1, 1}, 0);
        assertNull(EmptyRows.nans(array), "all but one");
        assertNull(EmptyRows.nans(Nd4j.ones(DataType.INT32, 3, 2)));
    }

    @Test
    void onlyRowsOfNanAreCleared() {
        INDArray array = Nd4j.ones(DataType.DOUBLE, 3, 2);
        array.slice(1).assign(Double.NaN);
        array.putScalar(2, 0, Double.NaN);
        assertArrayEquals(
                new double[] {1, 1, 0, 0, Double.NaN, 1},
                EmptyRows.clearNans(array).reshape(6).toDoubleVector());
    }

    /** Segments of truncated backpropagation are views with strides of their own. */
    @Test
    void viewsAreReadRowByRow() {
        INDArray whole = Nd4j.zeros(DataType.DOUBLE, 3, 2, 6);
        whole.putScalar(new int[] {0, 1, 1}, 1);
        whole.putScalar(new int[] {1, 0, 5}, 1);
        INDArray view =
                whole.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(2, 6));
        assertArrayEquals(new boolean[] {true, false, true}, EmptyRows.zeros(view));
    }
}
