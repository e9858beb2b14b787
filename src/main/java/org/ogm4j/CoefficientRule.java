package org.ogm4j;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.ogm4j.math.Checks;

/**
 * How much of its gradient a modality keeps, given how far it leads: a {@link BalanceRule} that
 * sees the ratio alone.
 *
 * <p>The published rules are {@link #cvpr2022(double)} and {@link #tpami2024(double)}; the alphas
 * of the two are not comparable. {@link #deadZone(double, double)} is a rule of this library. Any
 * other rule can be a lambda, {@code rho -> Math.min(1, 1 / rho)}, or a public record that
 * implements this interface. A lambda cannot be written to JSON, so a network that is to be saved
 * needs the record.
 *
 * <p>A rule must be a pure function: it is called once per modality and step, on whichever thread
 * trains.
 *
 * <p>Example: a published rule, one of this library, and one of your own.
 *
 * <pre>{@code
 * double k = CoefficientRule.cvpr2022(0.8).coefficient(1.5); // 0.17
 * double one = CoefficientRule.deadZone(0.8, 0.5).coefficient(1.4); // 1: within the margin
 * CoefficientRule own = ratio -> Math.min(1, 1 / ratio);
 * ModulatedOptimizer ogm = ModulatedOptimizer.builder().rule(own).build();
 * }</pre>
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CoefficientRule extends BalanceRule {

    /**
     * The coefficient k of a modality.
     *
     * @param ratio the discrepancy ratio rho of the modality, at least 0, above 1 where it leads;
     *     positive infinity where every other modality has score 0
     * @return k, finite and at least 0; 1 leaves the gradient as it is
     */
    double coefficient(double ratio);

    /** {@code k^u = coefficient(rho^u)} for every modality. */
    @Override
    @SuppressWarnings("FunctionalInterfaceMethodChanged") // one lambda, read in two ways
    default Map<String, Double> coefficients(Step step) {
        Map<String, Double> k = new LinkedHashMap<>();
        step.modalities().forEach((name, m) -> k.put(name, coefficient(m.ratio())));
        return k;
    }

    /** Nothing beyond the ratio. */
    @Override
    default Set<Need> needs() {
        return Set.of();
    }

    /**
     * The rule of the OGM-GE paper: {@code k = 1 - tanh(alpha * rho) if rho > 1, else 1}.
     *
     * <p>It jumps at rho = 1, from 1 to {@code 1 - tanh(alpha)}. Published settings: alpha 0.1 for
     * VGGSound, 0.8 for CREMA-D.
     *
     * @param alpha how strongly to slow the leading modality, positive and finite
     * @return the rule
     * @throws IllegalArgumentException if alpha is not positive and finite
     * @see <a href="https://arxiv.org/abs/2203.15332">Peng, Wei, Deng, Wang, Hu: Balanced
     *     Multimodal Learning via On-the-fly Gradient Modulation, CVPR 2022, eq. 10</a>
     */
    static CoefficientRule cvpr2022(double alpha) {
        return new Cvpr2022(alpha);
    }

    /**
     * The rule of the journal version, continuous at rho = 1: {@code k = max(0, 1 - alpha *
     * tanh(rho - 1)) if rho > 1, else 1}.
     *
     * @param alpha how strongly to slow the leading modality, positive and finite
     * @return the rule
     * @throws IllegalArgumentException if alpha is not positive and finite
     * @see <a href="https://arxiv.org/abs/2410.11582">Wei, Hu, Du, Wen: On-the-fly Modulation for
     *     Balanced Multimodal Learning, T-PAMI 2024, OGM</a>
     */
    static CoefficientRule tpami2024(double alpha) {
        return new Tpami2024(alpha);
    }

    /**
     * A rule of this library, not published elsewhere: {@code k = 1 - tanh(alpha * max(0, rho - 1 -
     * margin))}.
     *
     * <p>It leaves modalities alone that are about equally good, where the other two rules act on
     * the noise of the ratio: up to {@code rho = 1 + margin} training is the plain network's. Above
     * it k falls from 1 without a jump. What it does to accuracy is measured in {@code
     * docs/results.md}.
     *
     * @param alpha how strongly to slow the leading modality, positive and finite
     * @param margin how far above 1 a ratio may be without effect, at least 0 and finite
     * @return the rule
     * @throws IllegalArgumentException if alpha is not positive and finite, or the margin negative
     *     or not finite
     */
    static CoefficientRule deadZone(double alpha, double margin) {
        return new DeadZone(alpha, margin);
    }

    /**
     * {@code k = 1 - tanh(alpha * rho) if rho > 1, else 1}: see {@link #cvpr2022(double)}.
     *
     * @param alpha how strongly to slow the leading modality, positive and finite
     */
    record Cvpr2022(double alpha) implements CoefficientRule {

        /** Checks alpha, also when read from JSON, where a missing number is 0. */
        public Cvpr2022 {
            Checks.requirePositive(alpha, "alpha");
        }

        @Override
        public double coefficient(double ratio) {
            return ratio > 1 ? 1 - StrictMath.tanh(alpha * ratio) : 1;
        }
    }

    /**
     * {@code k = max(0, 1 - alpha * tanh(rho - 1)) if rho > 1, else 1}: see {@link
     * #tpami2024(double)}.
     *
     * @param alpha how strongly to slow the leading modality, positive and finite
     */
    record Tpami2024(double alpha) implements CoefficientRule {

        /** Checks alpha, also when read from JSON, where a missing number is 0. */
        public Tpami2024 {
            Checks.requirePositive(alpha, "alpha");
        }

        @Override
        public double coefficient(double ratio) {
            return ratio > 1 ? Math.max(0, 1 - alpha * StrictMath.tanh(ratio - 1)) : 1;
        }
    }

    /**
     * {@code k = 1 - tanh(alpha * max(0, rho - 1 - margin))}: see {@link #deadZone(double,
     * double)}.
     *
     * @param alpha how strongly to slow the leading modality, positive and finite
     * @param margin how far above 1 a ratio may be without effect, at least 0 and finite
     */
    record DeadZone(double alpha, double margin) implements CoefficientRule {

        /** Checks both, also when read from JSON, where a missing number is 0. */
        public DeadZone {
            Checks.requirePositive(alpha, "alpha");
            Checks.requireNotNegative(margin, "margin");
        }

        @Override
        public double coefficient(double ratio) {
            double lead = ratio - 1 - margin;
            return lead > 0 ? 1 - StrictMath.tanh(alpha * lead) : 1;
        }
    }
}
