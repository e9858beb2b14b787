package org.ogm4j;

import java.io.Serializable;
import org.ogm4j.math.Checks;

/**
 * On-the-fly prediction modulation (OPM): in training, the features of the modality that leads are
 * dropped now and then, for whole examples, so that the fusion has to get by with the others.
 *
 * <p>With rho_u the ratio of the step before and d_u the number of features of modality u:
 *
 * <pre>{@code
 * q_u   = clip(q_b (1 + lambda tanh(rho_u - 1)), 0, 1) if rho_u > 1, else 0
 * theta = sum_u d_u q_u / sum_u d_u
 * }</pre>
 *
 * <p>A batch is modulated with probability p. In one that is, row i of the features of modality u
 * becomes 0 with probability q_u, and is divided by {@code 1 - theta} otherwise, for every
 * modality. The error signal that goes back to the encoders is masked and scaled in the same way. A
 * modality that is not ahead of the others has q_u = 0, so no example ever loses all its features.
 *
 * <p>Scores, unimodal signals and probes see the features as they were. Nothing is dropped at
 * inference, outside the window of epochs, and where the step before had no ratio.
 *
 * <p>Example: both halves of the journal paper, OPM and OGM.
 *
 * <pre>{@code
 * ModulatedOptimizer ogm = ModulatedOptimizer.builder()
 *         .rule(CoefficientRule.tpami2024(0.8))
 *         .dropFeatures(PredictionModulation.opm(0.5, 0.5))
 *         .build();
 * }</pre>
 *
 * @param baseRate q_b, in [0, 1]; 0 drops nothing
 * @param lambda how much the rate grows with the ratio, at least 0 and finite
 * @param probability p that a batch is modulated, in (0, 1]
 * @see <a href="https://arxiv.org/abs/2410.11582">Wei, Hu, Du, Wen: On-the-fly Modulation for
 *     Balanced Multimodal Learning, T-PAMI 2024</a>
 * @since 0.1.0
 */
public record PredictionModulation(double baseRate, double lambda, double probability)
        implements Serializable {

    /** Default probability that a batch is modulated: that of the published code. */
    public static final double DEFAULT_PROBABILITY = 0.7;

    private static final PredictionModulation NONE =
            new PredictionModulation(0, 0, DEFAULT_PROBABILITY);

    /**
     * Checks all values, also when read from JSON.
     *
     * @throws IllegalArgumentException if one of them is out of its range
     */
    public PredictionModulation {
        require(baseRate >= 0 && baseRate <= 1, "baseRate must be in [0, 1], got " + baseRate);
        Checks.requireNotNegative(lambda, "lambda");
        require(
                probability > 0 && probability <= 1,
                "probability must be in (0, 1], got " + probability);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    /**
     * Drops nothing. The default.
     *
     * @return no prediction modulation
     */
    public static PredictionModulation none() {
        return NONE;
    }

    /**
     * OPM, in {@value #DEFAULT_PROBABILITY} of all batches.
     *
     * @param baseRate q_b, in (0, 1]; published: 0.5
     * @param lambda how much the rate grows with the ratio, at least 0 and finite; published: 0.5
     * @return the modulation
     * @throws IllegalArgumentException if one of them is out of its range
     */
    public static PredictionModulation opm(double baseRate, double lambda) {
        Checks.requirePositive(baseRate, "baseRate");
        return new PredictionModulation(baseRate, lambda, DEFAULT_PROBABILITY);
    }

    /**
     * The same with another probability that a batch is modulated.
     *
     * @param p in (0, 1]; 1 for every batch
     * @return a modulation
     * @throws IllegalArgumentException if p is not in (0, 1]
     */
    public PredictionModulation withProbability(double p) {
        return new PredictionModulation(baseRate, lambda, p);
    }

    /**
     * Whether anything is dropped at all. Not a property: it follows from the rate.
     *
     * @return false for none
     */
    public boolean active() {
        return baseRate > 0;
    }

    /**
     * q of a modality.
     *
     * @param ratio its discrepancy ratio rho
     * @return in [0, 1]; 0 unless the ratio is above 1
     */
    public double dropRate(double ratio) {
        return ratio > 1 ? Math.min(1, baseRate * (1 + lambda * StrictMath.tanh(ratio - 1))) : 0;
    }

    /** As it is written in code. */
    @Override
    public String toString() {
        if (!active()) {
            return "none";
        }
        String with =
                probability == DEFAULT_PROBABILITY ? "" : ".withProbability(" + probability + ")";
        return "opm(" + baseRate + ", " + lambda + ")" + with;
    }
}
