package org.ogm4j.score;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * How often each class is the true one in the batch that a network is training on, and how long the
 * features are that come with it.
 */
public final class ClassCounts {

    private ClassCounts() {}

    /**
     * Counts the labels of one output.
     *
     * @param truth the labels
     * @param classes the number of classes
     * @param among whether each example counts; null: all do
     * @return {@code sum_i |y_ic|} over all unmasked rows i, for one-hot labels the count of class
     *     c
     */
    public static double[] of(Truth truth, int classes, boolean[] among) {
        INDArray rows = truth.rows().castTo(DataType.DOUBLE);
        double[] weights = among(truth.rowWeights(), among, (int) rows.size(0));
        if (rows.size(1) == 1 && classes > 1) {
            return ofIndices(rows.reshape(rows.length()).toDoubleVector(), weights, classes);
        }
        INDArray sizes = Transforms.abs(rows, true);
        if (weights != null) {
            sizes.muliColumnVector(Nd4j.createFromArray(weights).reshape(weights.length, 1));
        }
        return sizes.sum(0).toDoubleVector();
    }

    /** The weights of rows, 0 for those of examples that do not count; row r is of r mod m. */
    private static double[] among(double[] weights, boolean[] examples, int rows) {
        if (examples == null) {
            return weights;
        }
        double[] among = new double[rows];
        for (int row = 0; row < rows; row++) {
            double weight = weights == null ? 1 : weights[row];
            among[row] = examples[row % examples.length] ? weight : 0;
        }
        return among;
    }

    /**
     * The mean square length of the features of the same rows.
     *
     * @param truth the labels; null where there are none, and then all rows count
     * @param features one row per row of the labels once they are flattened alike
     * @return {@code mean_i || phi_i ||^2} over all unmasked rows i; 0 if there is none
     */
    public static double meanSquare(Truth truth, INDArray features) {
        INDArray rows = Rows.of(features).castTo(DataType.DOUBLE);
        double[] weights = truth == null ? null : truth.rowWeights();
        double[] squares = rows.mul(rows).sum(1).toDoubleVector();
        double sum = 0;
        double count = 0;
        for (int row = 0; row < squares.length; row++) {
            double weight = weights == null ? 1 : weights[row];
            sum += weight == 0 ? 0 : squares[row];
            count += weight;
        }
        return count == 0 ? 0 : sum / count;
    }

    /** Labels that are the index of the class; an index that is none is of no class, as in DL4J. */
    private static double[] ofIndices(double[] indices, double[] weights, int classes) {
        double[] counts = new double[classes];
        for (int row = 0; row < indices.length; row++) {
            double c = indices[row];
            if (c >= 0 && c < classes) {
                counts[(int) c] += weights == null ? 1 : weights[row];
            }
        }
        return counts;
    }
}
