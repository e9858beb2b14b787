package org.ogm4j.score;

/**
 * The loss of every example at one output: the mean over its rows that count. An example of several
 * rows is a sequence; one without a row that counts does not count itself.
 */
public final class ExampleLosses {

    private final OutputLoss.Kind kind;
    private final double[] sum;
    private final int[] rows;
    private final double entropy;

    /**
     * Adds up rows.
     *
     * @param examples the number of examples m; row r belongs to example r mod m
     */
    ExampleLosses(OutputLoss.Kind kind, int examples, RowLosses losses) {
        this.kind = kind;
        sum = new double[examples];
        rows = new int[examples];
        double unsure = 0;
        int counting = 0;
        for (int row = 0; row < losses.losses().length; row++) {
            if (losses.counts()[row]) {
                sum[row % examples] += losses.losses()[row];
                rows[row % examples]++;
                unsure += losses.entropies() == null ? Double.NaN : losses.entropies()[row];
                counting++;
            }
        }
        entropy = unsure / counting;
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

    /** The mean over the rows that count; NaN if there are none, or the rows have no entropies. */
    double entropy() {
        return entropy;
    }

    double loss(int example) {
        return sum[example] / rows[example];
    }
}
