package org.ogm4j.study.stats;

/**
 * How the repetitions of a measurement hang together.
 *
 * <p>Runs on one split that differ by their seed are independent draws of what training leaves to
 * chance: the variance of their mean is {@code s^2 / n}. Runs on several folds share most of their
 * training examples, so that their differences vary less than those of new data would. The
 * corrected resampled t test of Nadeau and Bengio takes for n runs, over folds and seeds,
 *
 * <pre>
 * variance of the mean = ( 1/n + n_test / n_train ) s^2,      t = mean / sqrt(variance), n - 1 degrees of freedom
 * </pre>
 *
 * @param testOverTrain {@code n_test / n_train} in examples, at least 0; 0 where nothing is
 *     resampled
 * @see <a href="https://doi.org/10.1023/A:1024068626366">Nadeau, Bengio: Inference for the
 *     Generalization Error, Machine Learning 52, 2003, section 4.2</a>
 */
public record Sampling(double testOverTrain) {

    /** Repetitions on one split, by their seeds. */
    public static final Sampling SEEDS = new Sampling(0);

    /** Checks the number. */
    public Sampling {
        if (!(testOverTrain >= 0 && testOverTrain < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "test over training examples must be at least 0 and finite, got "
                            + testOverTrain);
        }
    }

    /** What the variance of n values is multiplied with for that of their mean. */
    double factor(int n) {
        return 1.0 / n + testOverTrain;
    }
}
