package org.ogm4j.score;

/**
 * The score of one modality on a batch: losses of rows come in, the mean of {@code exp(-l_i)} goes
 * out.
 *
 * <p>An example of several rows, a sequence, counts with the mean loss of its unmasked rows. With
 * several outputs the losses of an example add up, as they do in the network's own loss. An example
 * without any unmasked label does not count.
 */
final class BatchScore {

    private final double[] loss;
    private final boolean[] labelled;

    /**
     * Starts with no labels.
     *
     * @param examples the number of examples m
     */
    BatchScore(int examples) {
        loss = new double[examples];
        labelled = new boolean[examples];
    }

    /**
     * Adds the losses of one output.
     *
     * @param rowLosses one loss per row; row r belongs to example r mod m
     * @param rowWeights 0 for a masked row, else 1; null if no row is masked
     */
    void add(double[] rowLosses, double[] rowWeights) {
        int m = loss.length;
        double[] sum = new double[m];
        double[] weight = new double[m];
        for (int row = 0; row < rowLosses.length; row++) {
            double w = rowWeights == null ? 1 : rowWeights[row];
            if (w != 0) {
                sum[row % m] += w * rowLosses[row];
                weight[row % m] += w;
            }
        }
        for (int i = 0; i < m; i++) {
            if (weight[i] > 0) {
                loss[i] += sum[i] / weight[i];
                labelled[i] = true;
            }
        }
    }

    /**
     * The score.
     *
     * @return the mean of exp(-l_i) over the examples that have a label, NaN if none has
     */
    double mean() {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < loss.length; i++) {
            if (labelled[i]) {
                sum += Math.exp(-loss[i]);
                count++;
            }
        }
        return sum / count;
    }
}
