package org.ogm4j.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class UnimodalErrorsTest {

    /** Of pooled steps one source of signals says [m, d], another [m, d, 1]; ND4J broadcasts. */
    @Test
    void aSingleStepWithAndWithoutItsAxis() {
        INDArray flat = Nd4j.arange(4).castTo(DataType.DOUBLE).reshape(2, 2);
        INDArray step = Nd4j.ones(DataType.DOUBLE, 2, 2, 1);
        assertEquals(flat.add(1), UnimodalErrors.sum(flat, step));
        assertArrayEquals(new long[] {2, 2, 1}, UnimodalErrors.sum(step, flat).shape());
    }
}
