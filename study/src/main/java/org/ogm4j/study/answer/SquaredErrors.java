package org.ogm4j.study.answer;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Answers that are numbers: {@code R^2 = 1 - sum (y - f)^2 / sum (y - mean y)^2}, the sums over all
 * rows and columns, the mean of each column, in [-infinity, 1]; and the mean of {@code (y - f)^2}.
 */
public final class SquaredErrors implements Tally {

    private double errors;
    private double[] sums;
    private double squares;
    private long rows;

    @Override
    public void add(INDArray truth, INDArray answer) {
        double[][] y = truth.castTo(DataType.DOUBLE).toDoubleMatrix();
        double[][] f = answer.castTo(DataType.DOUBLE).toDoubleMatrix();
        if (sums == null) {
            sums = new double[f[0].length];
        }
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < sums.length; j++) {
                errors += (y[i][j] - f[i][j]) * (y[i][j] - f[i][j]);
                sums[j] += y[i][j];
                squares += y[i][j] * y[i][j];
            }
            rows++;
        }
    }

    @Override
    public double first() {
        if (rows == 0) {
            return Double.NaN;
        }
        double around = squares;
        for (double sum : sums) {
            around -= sum * sum / rows;
        }
        return 1 - errors / around;
    }

    @Override
    public double second() {
        return rows == 0 ? Double.NaN : errors / (rows * sums.length);
    }
}
