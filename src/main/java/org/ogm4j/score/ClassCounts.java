package org.ogm4j.score;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** How often each class is the true one in the batch that a network is training on. */
public final class ClassCounts {

    private ClassCounts() {}

    /**
     * Counts the labels of one output.
     *
     * @param truth the labels
     * @param classes the number of classes
     * @return {@code sum_i |y_ic|} over all unmasked rows i, for one-hot labels the count of class
     *     c
     */
    public static double[] of(Truth truth, int classes) {
        INDArray rows = truth.rows().castTo(DataType.DOUBLE);
        double[] weights = truth.rowWeights();
        if (rows.size(1) == 1 && classes > 1) {
            return ofIndices(rows.reshape(rows.length()).toDoubleVector(), weights, classes);
        }
        INDArray sizes = Transforms.abs(rows, true);
        if (weights != null) {
            sizes.muliColumnVector(Nd4j.createFromArray(weights).reshape(weights.length, 1));
        }
        return sizes.sum(0).toDoubleVector();
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
