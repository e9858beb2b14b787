package org.ogm4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.testing.Nets;

/** Shares are sums over many numbers, and half precision has three digits. */
class HalfPrecisionTest {

    @Test
    void sharesOfPartsSumToOne() {
        INDArray audio = Nets.gaussian(new Random(1), 64, 512).castTo(DataType.FLOAT16);
        INDArray visual = Nets.gaussian(new Random(2), 64, 512).castTo(DataType.FLOAT16);
        INDArray whole = audio.add(visual);
        double sum = LayerSplit.share(audio, whole) + LayerSplit.share(visual, whole);
        assertEquals(1, sum, 1e-3);
        assertFalse(Double.isNaN(sum));
    }
}
