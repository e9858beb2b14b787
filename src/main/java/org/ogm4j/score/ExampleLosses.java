package org.ogm4j.score;

import java.util.List;
import java.util.Objects;

/**
 * The loss of every example at one output: the mean over its rows that count. An example of several
 * rows is a sequence; one without a row that counts does not count itself.
 */
public final class ExampleLosses {

    private final OutputLoss.Kind kind;
    private final double[] sum;
    private final double[] reported; // sums over rows, as sum is
    private final int[] rows;
    private final double[] unsure; // sums over rows; NaN where these have no entropies

    /**
     * Adds up rows.
     *
     * @param examples the number of examples m; row r belongs to example r mod m
     */
    ExampleLosses(OutputLoss.Kind kind, int examples, RowLosses losses) {
        this.kind = kind;
        sum = new double[examples];
        reported = new double[examples];
        rows = new int[examples];
        unsure = new double[examples];
        for (int row = 0; row < losses.losses().length; row++) {
            if (losses.counts()[row]) {
                sum[row % examples] += losses.losses()[row];
                reported[row % examples] += losses.reported()[row];
                rows[row % examples]++;
                unsure[row % examples] +=
                        losses.entropies() == null ? Double.NaN : losses.entropies()[row];
            }
        }
    }

    private ExampleLosses(OutputLoss.Kind kind, int examples) {
        this.kind = kind;
        sum = new double[examples];
        reported = new double[examples];
        rows = new int[examples];
        unsure = new double[examples];
    }

    /**
     * The losses of several batches at one output, one batch after the other.
     *
     * @param batches null for a batch that has no labels there; one at least has some
     * @param sizes the number of examples of each
     */
    static ExampleLosses joined(List<ExampleLosses> batches, List<Integer> sizes) {
        OutputLoss.Kind kind =
                batches.stream().filter(Objects::nonNull).findFirst().orElseThrow().kind;
        int examples = sizes.stream().mapToInt(size -> size).sum();
        ExampleLosses all = new ExampleLosses(kind, examples);
        int from = 0;
        for (int b = 0; b < batches.size(); b++) {
            ExampleLosses batch = batches.get(b);
            if (batch != null) {
                int size = batch.examples();
                System.arraycopy(batch.sum, 0, all.sum, from, size);
                System.arraycopy(batch.reported, 0, all.reported, from, size);
                System.arraycopy(batch.rows, 0, all.rows, from, size);
                System.arraycopy(batch.unsure, 0, all.unsure, from, size);
            }
            from += sizes.get(b);
        }
        return all;
    }

    OutputLoss.Kind kind() {
        return kind;
    }

    int examples() {
        return sum.length;
    }

    boolean counts(int example) {
        return rows[example] > 0;
    }

    /**
     * The mean entropy of the rows that count.
     *
     * @param among whether each example is asked for; null: all
     * @return NaN if there are no rows, or they have no entropies
     */
    double entropy(boolean[] among) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            if (among == null || among[i]) {
                sum += unsure[i];
                count += rows[i];
            }
        }
        return sum / count;
    }

    double loss(int example) {
        return sum[example] / rows[example];
    }

    /** The loss for people: of classes the cross-entropy. */
    double reported(int example) {
        return reported[example] / rows[example];
    }
}
