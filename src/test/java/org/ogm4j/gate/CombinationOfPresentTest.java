package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.UnimodalSignal;

class CombinationOfPresentTest {

    /** What takes an absent example out of e_u takes it out of the teacher's signal too. */
    @Test
    void changesTheOwnSignalAndTheTeachers() {
        INDArray joint = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}});
        INDArray own = Nd4j.createFromArray(new double[][] {{5, 6}, {7, 8}});
        INDArray taught = Nd4j.createFromArray(new double[][] {{10, 20}, {30, 40}});
        INDArray present = Nd4j.createFromArray(new double[][] {{1, 1}, {0, 0}});
        Combination both = new Combination(UnimodalSignal.sum(2), own, taught);
        assertEquals(
                Nd4j.createFromArray(new double[][] {{21, 34}, {3, 4}}),
                both.map(signal -> signal.mul(present), joint).of(joint));
        Combination teacher = new Combination(UnimodalSignal.none(), null, taught);
        assertEquals(
                Nd4j.createFromArray(new double[][] {{11, 22}, {3, 4}}),
                teacher.map(signal -> signal.mul(present), joint).of(joint));
    }
}
