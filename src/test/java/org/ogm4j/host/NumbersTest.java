package org.ogm4j.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.ogm4j.testing.Nets;

/** Every number against ND4J's own operations, on arrays of all layouts. */
class NumbersTest {

    /** Orders c and f, views with gaps, turned axes, one to four axes, longer than a piece. */
    static Stream<INDArray> layouts() {
        Random random = new Random(3);
        INDArray big = Nets.gaussian(random, 6, 7, 8);
        return Stream.of(
                        Nets.gaussian(random, 5),
                        Nets.gaussian(random, 1, 1),
                        Nets.gaussian(random, 6, 7),
                        Nets.gaussian(random, 6, 7).dup('f'),
                        Nets.gaussian(random, 6, 7).transpose(),
                        big,
                        big.dup('f'),
                        big.permute(2, 0, 1),
                        big.get(
                                NDArrayIndex.interval(1, 5),
                                NDArrayIndex.all(),
                                NDArrayIndex.all()),
                        big.get(
                                NDArrayIndex.all(),
                                NDArrayIndex.interval(2, 4),
                                NDArrayIndex.all()),
                        big.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(3)),
                        big.slice(2).tensorAlongDimension(3, 0),
                        Nets.gaussian(random, 3, 4, 2, 5),
                        Nets.gaussian(random, 3, 4, 2, 5).permute(0, 2, 3, 1),
                        Nets.gaussian(random, 3, 9001),
                        Nets.gaussian(random, 3, 9001).dup('f'))
                .flatMap(array -> Stream.of(array, like(array)));
    }

    /** The same in floats, where the layout can be kept. */
    private static INDArray like(INDArray array) {
        return array.castTo(DataType.FLOAT);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void areThoseOfTheArray(INDArray array) {
        assertArrayEquals(expected(array), Numbers.of(array));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void finiteUnlessOneIsNot(INDArray array) {
        assertTrue(Numbers.areFinite(array));
        long[] index = new long[array.rank()];
        for (int axis = 0; axis < index.length; axis++) {
            index[axis] = array.size(axis) - 1;
        }
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            double good = array.getDouble(index);
            array.putScalar(index, bad);
            assertFalse(Numbers.areFinite(array));
            array.putScalar(index, good);
        }
        assertTrue(Numbers.areFinite(array));
    }

    /** To the last bit, into results of both orders, and in place. */
    @ParameterizedTest
    @MethodSource("layouts")
    void rowsAreMultipliedByTheirWeights(INDArray array) {
        double[] weights = new Random(4).doubles(array.size(0), -2, 2).toArray();
        INDArray expected = array.dup('c');
        for (int row = 0; row < weights.length; row++) {
            if (array.rank() == 1) {
                expected.putScalar(row, array.mul(weights[row]).getDouble(row));
            } else {
                expected.slice(row).muli(weights[row]);
            }
        }
        for (char order : new char[] {'c', 'f'}) {
            INDArray result = Nd4j.createUninitialized(array.dataType(), array.shape(), order);
            Numbers.multiplyRows(array, weights, result);
            assertArrayEquals(expected(expected), expected(result));
        }
        INDArray own = array.dup();
        Numbers.multiplyRows(own, weights, own);
        assertArrayEquals(expected(expected), expected(own));
    }

    @ParameterizedTest
    @EnumSource(names = {"DOUBLE", "FLOAT", "HALF", "BFLOAT16"})
    void everyTypeOfNumber(DataType type) {
        INDArray array = Nets.gaussian(new Random(5), 4, 3).castTo(type);
        double[] numbers = array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        assertArrayEquals(numbers, Numbers.of(array));
        Numbers.multiplyRows(array, new double[] {0.5, 1, 2, 0}, array);
        for (int i = 0; i < numbers.length; i++) {
            double weight = new double[] {0.5, 1, 2, 0}[i / 3];
            assertEquals(weight * numbers[i], array.getDouble(i / 3, i % 3));
        }
        array.putScalar(1, 2, Double.NaN);
        assertFalse(Numbers.areFinite(array));
        assertArrayEquals(new double[] {1, 0}, Numbers.of(Nd4j.createFromArray(true, false)));
        assertArrayEquals(new double[] {3, -4}, Numbers.of(Nd4j.createFromArray(3, -4)));
    }

    @Test
    void partsOfVectorsAndMatrices() {
        INDArray all = Nets.gaussian(new Random(6), 20);
        INDArray view = all.get(NDArrayIndex.interval(5, 15));
        double[] numbers = new double[4];
        Numbers.read(view, 3, numbers, 4);
        assertArrayEquals(expected(all.get(NDArrayIndex.interval(8, 12))), numbers);
        Numbers.write(view, 0, new double[] {1, 2}, 2);
        assertEquals(1, all.getDouble(5));
        assertEquals(2, all.getDouble(6));

        INDArray matrix = Nets.gaussian(new Random(7), 6, 3);
        for (INDArray each : new INDArray[] {matrix, matrix.dup('f')}) {
            double[] row = new double[3];
            Numbers.row(each, 4, row);
            assertArrayEquals(expected(matrix.getRow(4)), row);
        }
    }

    @Test
    void aMatrixTimesSomeRowsOfAnother() {
        INDArray x = Nets.gaussian(new Random(10), 4, 7);
        INDArray w = Nets.gaussian(new Random(11), 12, 3);
        INDArray rows = w.get(NDArrayIndex.interval(2, 9), NDArrayIndex.all());
        INDArray product = Nd4j.create(DataType.DOUBLE, 4, 3);
        for (char order : new char[] {'c', 'f'}) {
            Numbers.multiply(x.dup(order), w.dup(order), 2, product);
            assertArrayEquals(expected(x.mmul(rows)), expected(product), 1e-14);
        }
    }

    @Test
    void aRowIsAddedToEachRow() {
        for (char order : new char[] {'c', 'f'}) {
            INDArray matrix = Nets.gaussian(new Random(8), 5, 3).dup(order);
            INDArray row = Nets.gaussian(new Random(9), 1, 3);
            INDArray expected = matrix.addRowVector(row.mul(0.5));
            Numbers.addToRows(matrix, row, 0.5);
            assertArrayEquals(expected(expected), expected(matrix), 1e-15);
        }
    }

    private static double[] expected(INDArray array) {
        return array.dup('c').castTo(DataType.DOUBLE).data().asDouble();
    }
}
