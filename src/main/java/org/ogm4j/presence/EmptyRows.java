package org.ogm4j.presence;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.longer.MatchCondition;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/** Rows of an array [m, ...] that are all 0, or all NaN. */
final class EmptyRows {

    private EmptyRows() {}

    /** For each row whether all of it is 0; null if that is true of none. */
    static boolean[] zeros(INDArray array) {
        INDArray numbers = array.dataType().isFPType() ? array : array.castTo(DataType.DOUBLE);
        return where(numbers.norm1(allButFirst(array)), 0);
    }

    /** For each row whether all of it is NaN; null if that is true of none. */
    static boolean[] nans(INDArray array) {
        if (!array.dataType().isFPType() || !Double.isNaN(array.sumNumber().doubleValue())) {
            return null; // the usual case, at the cost of a sum
        }
        // ND4J finds no NaN in halves
        INDArray numbers =
                array.dataType() == DataType.FLOAT16 ? array.castTo(DataType.FLOAT) : array;
        MatchCondition nan = new MatchCondition(numbers, Conditions.isNan(), allButFirst(array));
        return where(Nd4j.getExecutioner().exec(nan), (int) (array.length() / array.size(0)));
    }

    /** Sets rows of NaN to 0, in place. */
    static INDArray clearNans(INDArray array) {
        boolean[] nans = nans(array);
        for (int row = 0; nans != null && row < nans.length; row++) {
            if (nans[row]) {
                array.slice(row).assign(0);
            }
        }
        return array;
    }

    private static int[] allButFirst(INDArray array) {
        return IntStream.range(1, array.rank()).toArray();
    }

    private static boolean[] where(INDArray ofRows, int value) {
        double[] numbers = ofRows.castTo(DataType.DOUBLE).toDoubleVector();
        boolean[] rows = new boolean[numbers.length];
        boolean any = false;
        for (int row = 0; row < rows.length; row++) {
            rows[row] = numbers[row] == value;
            any |= rows[row];
        }
        return any ? rows : null;
    }
}
