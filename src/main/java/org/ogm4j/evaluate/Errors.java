package org.ogm4j.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.ogm4j.UnimodalEvaluation.Column;
import org.ogm4j.UnimodalEvaluation.Regression;

/**
 * Errors of numbers, column by column.
 *
 * <p>The squares around the mean of the labels are updated row by row (Welford, Technometrics 1962)
 * and in double, so that large labels of little spread do not cancel.
 */
final class Errors {

    private final long[] counts;
    private final double[] squaredErrors;
    private final double[] absoluteErrors;
    private final double[] means;
    private final double[] squares;

    Errors(int columns) {
        counts = new long[columns];
        squaredErrors = new double[columns];
        absoluteErrors = new double[columns];
        means = new double[columns];
        squares = new double[columns];
    }

    void add(JudgedRows rows) {
        for (int row = 0; row < rows.answers().size(); row++) {
            for (int c = 0; c < counts.length; c++) {
                if (rows.weights().get(row)[c] != 0) {
                    add(c, rows.answers().get(row)[c], rows.truths().get(row)[c]);
                }
            }
        }
    }

    private void add(int c, double answer, double label) {
        double error = answer - label;
        squaredErrors[c] += error * error;
        absoluteErrors[c] += Math.abs(error);
        double off = label - means[c];
        means[c] += off / ++counts[c];
        squares[c] += off * (label - means[c]);
    }

    /** NaN where nothing was counted, and for R2 where all labels are equal. */
    Regression regression() {
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            double r2 = squares[c] == 0 ? Double.NaN : 1 - squaredErrors[c] / squares[c];
            columns.add(
                    new Column(
                            counts[c],
                            squaredErrors[c] / counts[c],
                            absoluteErrors[c] / counts[c],
                            r2));
        }
        return new Regression(columns);
    }
}
