package org.ogm4j.math;

/** How far each modality leads the others. */
public final class DiscrepancyRatio {

    private DiscrepancyRatio() {}

    /**
     * The discrepancy ratio of every modality, {@code rho^u = 1/(M-1) sum_{v != u} s^u / s^v}.
     *
     * <p>For two modalities this is eq. 9 of Peng et al. (CVPR 2022), for more the mean over the
     * others of Wei et al. (T-PAMI 2024, eq. 6). Sums over a batch and means over it give the same
     * ratios.
     *
     * @param scores the score s of each modality, at least 0; at least two of them
     * @return rho of each modality, in the same order: positive infinity where another modality's
     *     score is 0, NaN where both are 0 or a score is NaN
     * @throws IllegalArgumentException if there are fewer than two scores
     */
    public static double[] of(double[] scores) {
        int modalities = scores.length;
        if (modalities < 2) {
            throw new IllegalArgumentException(
                    "scores must be of at least 2 modalities, got " + modalities);
        }
        double[] rho = new double[modalities];
        for (int u = 0; u < modalities; u++) {
            double sum = 0;
            for (int v = 0; v < modalities; v++) {
                if (v != u) {
                    sum += scores[u] / scores[v];
                }
            }
            rho[u] = sum / (modalities - 1);
        }
        return rho;
    }

    /**
     * The same where some examples lack a modality: each pair is compared on examples of its own,
     * {@code rho^u = mean_v s^uv / s^vu} over the pairs that have any.
     *
     * @param scores s^uv, the score of u over the examples that have u and v
     * @param comparable whether there are such examples, [u][v]
     * @return rho of each modality; NaN also for one that is in no pair
     */
    public static double[] of(double[][] scores, boolean[][] comparable) {
        double[] rho = new double[scores.length];
        for (int u = 0; u < rho.length; u++) {
            double sum = 0;
            int pairs = 0;
            for (int v = 0; v < rho.length; v++) {
                if (v != u && comparable[u][v]) {
                    sum += scores[u][v] / scores[v][u];
                    pairs++;
                }
            }
            rho[u] = sum / pairs;
        }
        return rho;
    }
}
