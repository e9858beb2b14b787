package org.ogm4j.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FiniteTest {

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"HALF", "FLOAT", "DOUBLE"})
    void oneElementThatIsNotFiniteIsFound(DataType type) {
        double largest = type == DataType.FLOAT16 ? 6e4 : type == DataType.FLOAT ? 3e38 : 1e308;
        INDArray array = Nd4j.valueArrayOf(new long[] {3, 5}, largest, type);
        assertTrue(Finite.is(array), "a sum that overflows");
        for (double bad :
                new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            INDArray one = array.dup();
            one.putScalar(2, 4, bad);
            assertFalse(Finite.is(one), type + " " + bad);
        }
    }

    @Test
    void integersAlwaysAre() {
        assertTrue(Finite.is(Nd4j.createFromArray(1, 2)));
        assertTrue(Finite.is(Nd4j.createFromArray(true, false)));
    }
}
