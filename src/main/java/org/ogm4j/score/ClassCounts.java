package org.ogm4j.score;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.host.Numbers;

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
        double[] labels = Numbers.of(truth.rows());
        double[] weights = among(truth.rowWeights(), among, truth.count());
        if (labels.length == truth.count() && classes > 1) {
            return ofIndices(labels, weights, classes);
        }
        double[] sums = new double[labels.length / truth.count()];
        for (int at = 0; at < labels.length; at++) {
            double weight = weights == null ? 1 : weights[at / sums.length];
            sums[at % sums.length] += weight * Math.abs(labels[at]);
        }
        return sums;
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
        INDArray rows = Rows.of(features);
        double[] phi = new double[(int) rows.size(1)];
        double[] weights = truth == null ? null : truth.rowWeights();
        double sum = 0;
        double count = 0;
        for (int row = 0; row < rows.size(0); row++) {
            if (weights == null || weights[row] != 0) {
                Numbers.row(rows, row, phi);
                for (double each : phi) {
                    sum += each * each;
                }
                count++;
            }
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
