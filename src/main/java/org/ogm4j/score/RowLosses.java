package org.ogm4j.score;

import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.host.Numbers;

/**
 * The loss l of every row of a batch, in double, whatever the loss function weighs or clips.
 *
 * <pre>{@code
 * classes   l = -log sum_c y_c softmax(z)_c, with y scaled to sum 1; an index is its one-hot
 * labels    l = mean_c -[y_c log p_c + (1 - y_c) log(1 - p_c)] over the unmasked labels
 * losses    l = the loss function's own
 * }</pre>
 *
 * <p>Reported is the same, except that the loss of classes is their cross-entropy, {@code -sum_c
 * y_c log softmax(z)_c} with y as above; for one-hot labels the two are equal.
 *
 * <p>On request the entropy H of every row's prediction too, in nats; other losses have none.
 *
 * <pre>{@code
 * classes   H = -sum_c p_c log p_c,   p = softmax(z)
 * labels    H = mean_c -[p_c log p_c + (1 - p_c) log(1 - p_c)] over the unmasked labels
 * }</pre>
 */
final class RowLosses {

    /** As DL4J clips probabilities of labels. */
    private static final double CLIP = 1e-5;

    private final double[] losses;
    private final double[] reported;
    private final boolean[] counts;
    private final double[] entropies;

    /** Without entropies. */
    RowLosses(double[] losses, boolean[] counts) {
        this(losses, losses, counts, null);
    }

    private RowLosses(double[] losses, double[] reported, boolean[] counts, double[] entropies) {
        this.losses = losses;
        this.reported = reported;
        this.counts = counts;
        this.entropies = entropies;
    }

    /** One per row. */
    double[] losses() {
        return losses;
    }

    /** One per row, for people. */
    double[] reported() {
        return reported;
    }

    /** False for a row that is masked, has no label, or an index that is no class. */
    boolean[] counts() {
        return counts;
    }

    /** One per row; null where there are none, or none were asked for. */
    double[] entropies() {
        return entropies;
    }

    /** Judges logits by the labels of an output, without entropies. */
    static RowLosses of(Truth truth, INDArray logits) {
        return of(truth, logits, false);
    }

    /**
     * Judges logits by the labels of an output.
     *
     * @param logits [rows, classes]
     * @param entropies whether they are asked for
     */
    static RowLosses of(Truth truth, INDArray logits, boolean entropies) {
        return switch (truth.loss().kind()) {
            case CLASSES -> ofClasses(truth, logits, entropies);
            case LABELS -> ofLabels(truth, logits, entropies);
            case LOSSES -> ofLosses(truth, logits);
        };
    }

    private static RowLosses ofClasses(Truth truth, INDArray logits, boolean entropies) {
        int classes = (int) logits.size(1);
        boolean sparse = truth.loss().isSparse();
        INDArray labels = truth.rows();
        INDArray masked = truth.elementMask();
        double[] z = new double[classes];
        double[] y = new double[sparse ? 1 : classes];
        double[] mask = masked == null ? null : new double[classes];
        RowLosses rows = start(truth, entropies);
        for (int row = 0; row < rows.losses.length; row++) {
            Numbers.row(logits, row, z);
            Numbers.row(labels, row, y);
            if (mask != null) {
                Numbers.row(masked, row, mask);
            }
            double total = 0;
            double mean = 0; // sum_c y_c z_c
            double right = Double.NEGATIVE_INFINITY; // log sum_c y_c exp(z_c)
            double all = logSum(z);
            for (int c = 0; c < classes; c++) {
                double label = sparse ? (y[0] == c ? 1 : 0) : Math.max(0, y[c]);
                label *= mask == null ? 1 : mask[c];
                if (label != 0) { // NaN counts
                    total += label;
                    mean += label * z[c];
                    right = logSum(right, z[c] + Math.log(label));
                }
            }
            rows.counts[row] &= total > 0;
            rows.losses[row] = all - right + Math.log(total);
            rows.reported[row] = all - mean / total;
            if (entropies) {
                rows.entropies[row] = entropy(z, all);
            }
        }
        return rows;
    }

    /** {@code -sum_c p_c log p_c} with {@code log p_c = z_c - log sum exp z}. */
    private static double entropy(double[] z, double logSum) {
        double entropy = 0;
        for (double each : z) {
            double p = Math.exp(each - logSum);
            entropy -= p == 0 ? 0 : p * (each - logSum);
        }
        return entropy;
    }

    private static RowLosses ofLabels(Truth truth, INDArray logits, boolean entropies) {
        int labels = (int) logits.size(1);
        boolean sigmoid = truth.loss().activation() instanceof ActivationSigmoid;
        double[] z =
                Numbers.of(
                        sigmoid
                                ? logits
                                : truth.loss().activation().getActivation(logits.dup(), false));
        double[] y = Numbers.of(truth.rows());
        double[] mask = truth.elementMask() == null ? null : Numbers.of(truth.elementMask());
        RowLosses rows = start(truth, entropies);
        for (int row = 0; row < rows.losses.length; row++) {
            double sum = 0;
            double unsure = 0;
            double count = 0;
            for (int at = row * labels; at < (row + 1) * labels; at++) {
                double weight = mask == null || mask[at] != 0 ? 1 : 0;
                double p = Math.min(1 - CLIP, Math.max(CLIP, z[at]));
                double yes = sigmoid ? logSum(0, -z[at]) : -Math.log(p);
                double no = sigmoid ? logSum(0, z[at]) : -Math.log(1 - p);
                sum += weight * (y[at] * yes + (1 - y[at]) * no);
                unsure += weight * (Math.exp(-yes) * yes + Math.exp(-no) * no);
                count += weight;
            }
            rows.counts[row] &= count > 0;
            rows.losses[row] = sum / count;
            rows.reported[row] = rows.losses[row];
            if (entropies) {
                rows.entropies[row] = unsure / count;
            }
        }
        return rows;
    }

    private static RowLosses ofLosses(Truth truth, INDArray logits) {
        OutputLoss loss = truth.loss();
        INDArray perRow =
                loss.function()
                        .computeScoreArray(
                                truth.rows(), logits, loss.activation(), truth.elementMask());
        return new RowLosses(Numbers.of(perRow), start(truth, false).counts);
    }

    private static RowLosses start(Truth truth, boolean entropies) {
        double[] weights = truth.rowWeights();
        int rows = truth.count();
        boolean[] counts = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            counts[row] = weights == null || weights[row] != 0;
        }
        return new RowLosses(
                new double[rows], new double[rows], counts, entropies ? new double[rows] : null);
    }

    /** {@code log sum_c exp(z_c)} without overflow. */
    private static double logSum(double[] z) {
        double most = Double.NEGATIVE_INFINITY;
        for (double each : z) {
            most = Math.max(most, each);
        }
        double sum = 0;
        for (double each : z) {
            sum += Math.exp(each - most);
        }
        return Double.isInfinite(most) && most < 0 ? most : most + Math.log(sum);
    }

    /** {@code log(exp(a) + exp(b))} without overflow. */
    private static double logSum(double a, double b) {
        if (a == Double.NEGATIVE_INFINITY) {
            return b;
        }
        double most = Math.max(a, b);
        return Double.isInfinite(most) && most < 0
                ? most
                : most + Math.log1p(Math.exp(-Math.abs(a - b)));
    }
}
