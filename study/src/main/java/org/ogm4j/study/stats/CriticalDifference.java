package org.ogm4j.study.stats;

/**
 * By how much mean ranks over sets of data must differ that it is no chance: the test of Nemenyi at
 * 5 %, for all pairs of k methods on N sets of data,
 *
 * <pre>
 * CD = q sqrt( k (k + 1) / (6 N) )
 * </pre>
 *
 * where q is the 0.95 quantile of the studentized range of k values with infinitely many degrees of
 * freedom, divided by sqrt(2).
 *
 * @see <a href="https://jmlr.org/papers/v7/demsar06a.html">Demsar: Statistical Comparisons of
 *     Classifiers over Multiple Data Sets, JMLR 7, 2006, section 3.2.2</a>
 */
public final class CriticalDifference {

    /**
     * Below, the test says next to nothing: of two methods on 4 sets, ranks must differ by 0.98.
     */
    public static final int FEWEST_DATA = 5;

    /** Of 2 to 20 methods. */
    private static final double[] Q = {
        1.9600, 2.3437, 2.5690, 2.7278, 2.8497, 2.9483, 3.0309, 3.1017, 3.1637, 3.2187, 3.2680,
        3.3127, 3.3536, 3.3912, 3.4260, 3.4584, 3.4887, 3.5171, 3.5438
    };

    private CriticalDifference() {}

    /**
     * The difference.
     *
     * @param methods k, at least 2
     * @param data N, at least 1
     * @return NaN for more methods than the table of q has
     */
    public static double of(int methods, int data) {
        return methods - 2 >= Q.length
                ? Double.NaN
                : Q[methods - 2] * Math.sqrt(methods * (methods + 1) / (6.0 * data));
    }
}
