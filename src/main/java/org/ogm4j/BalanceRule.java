package org.ogm4j;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ogm4j.math.Checks;

/**
 * How much of its gradient each modality keeps, given all that was measured: scores, ratios,
 * entropies, running means, epoch and iteration. {@link CoefficientRule} is the special case of a
 * rule that sees the ratio alone.
 *
 * <table>
 * <caption>Rules that are there</caption>
 * <tr><th>rule</th><th>k</th><th>from</th></tr>
 * <tr><td>{@link #none()}</td><td>1</td><td>for methods that need no coefficient</td></tr>
 * <tr><td>{@link CoefficientRule}: cvpr2022, tpami2024, deadZone</td><td>below 1 for a modality
 * that leads</td><td>OGM-GE and its successors</td></tr>
 * <tr><td>{@link #agm(double)}</td><td>below 1 for one that leads by more than it usually does,
 * above 1 for the others</td><td>AGM</td></tr>
 * <tr><td>{@link #weakestFirst()}</td><td>0 for all but one in the first epochs</td>
 * <td>G2D</td></tr>
 * <tr><td>{@link #inverseEntropy()}</td><td>above 1 for one that is surer than the others</td>
 * <td>after ARL</td></tr>
 * </table>
 *
 * <p>A rule of your own can be a lambda, or a public record that implements this interface, whose
 * components go into the JSON. A lambda cannot be written to JSON, so a network that is to be saved
 * needs the record. It must be a pure function: what it has to remember is in the running means.
 *
 * <p>The factor p of the {@link AdamVariant} is {@code rule(another ratio)}. A rule that is no
 * {@link CoefficientRule} is no function of one ratio, so p is 1 with it, and no state is kept.
 *
 * <p>Example: a published rule, and one of your own. Its parameter has a type, because {@code
 * rule(rho -> ...)} means a function of the ratio.
 *
 * <pre>{@code
 * ModulatedOptimizer agm = ModulatedOptimizer.builder().rule(BalanceRule.agm(1)).build();
 * ModulatedOptimizer own = ModulatedOptimizer.builder()
 *         .rule((BalanceRule.Step step) -> {
 *             Map<String, Double> k = new HashMap<>();
 *             step.modalities().forEach((name, m) -> k.put(name, m.ratio() > 1 ? 0.5 : 1.5));
 *             return k;
 *         })
 *         .build();
 * }</pre>
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BalanceRule extends Serializable {

    /** What a rule looks at beyond scores and ratios. */
    enum Need {
        /** {@link Modality#mean()}: running means, which are saved with the network. */
        MEANS,
        /** {@link Measures#entropy()}: outputs of classes or of labels of two values have them. */
        ENTROPIES
    }

    /**
     * What was measured in a training step.
     *
     * @param iteration the step, counted from 0 over all epochs as DL4J counts
     * @param epoch the epoch, counted from 0
     * @param firstEpoch the first epoch of the window
     * @param lastEpoch the last epoch of the window; {@code Integer.MAX_VALUE} if it has no end
     * @param modalities the modalities by name, at least two, in the order in which they were
     *     declared
     */
    record Step(
            int iteration,
            int epoch,
            int firstEpoch,
            int lastEpoch,
            Map<String, Modality> modalities) {}

    /**
     * What was measured of one modality.
     *
     * @param ratio the discrepancy ratio rho, at least 0, above 1 where the modality leads;
     *     positive infinity where another modality has score 0
     * @param now of this batch; with {@code scoreEvery(n)} of the batch that was scored last
     * @param mean the mean of all batches of the window that were scored and modulated before this
     *     one, each with weight 1; {@code now} if there was none; NaN unless the rule needs {@link
     *     Need#MEANS}
     */
    record Modality(double ratio, Measures now, Measures mean) {}

    /**
     * What a modality's own logits say.
     *
     * @param score as in {@link ModalityStep#score()}: the mean over the examples of s_i, for
     *     classes the probability of the true class
     * @param logScore the mean of {@code log max(s_i, 1e-8)}, for classes minus the cross-entropy
     * @param entropy how unsure the modality is, in nats: the mean over the rows that count of
     *     {@code -sum_c p_c log p_c} for softmax, and for labels of two values of the mean over the
     *     labels of {@code -p log p - (1-p) log(1-p)}; the mean over the outputs that have one; NaN
     *     unless the rule needs {@link Need#ENTROPIES}
     */
    record Measures(double score, double logScore, double entropy) implements Serializable {

        /** Where nothing was measured. */
        public static final Measures NONE = new Measures(Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * The coefficients k.
     *
     * @param step what was measured
     * @return for each modality of the step, and for no other, k: finite and at least 0; 1 leaves
     *     the gradient as it is, more makes the modality learn faster
     */
    Map<String, Double> coefficients(Step step);

    /**
     * What the rule looks at. What it does not is neither computed nor saved. A network whose
     * outputs have no entropies, as in regression, is refused for a rule that needs them.
     *
     * @return default: all that there is, since a lambda does not say
     */
    default Set<Need> needs() {
        return EnumSet.allOf(Need.class);
    }

    /**
     * No coefficient: k = 1 for every modality. For methods that use unimodal losses alone.
     *
     * @return the rule
     */
    static BalanceRule none() {
        return new None();
    }

    /**
     * Adaptive gradient modulation: every modality is held where it is on the average.
     *
     * <pre>{@code
     * r_u   = exp( 1/(M-1) sum_{v != u} (l_u - l_v) )     l_u: logScore of the batch
     * tau_u = the same of the running means of l
     * k_u   = exp( alpha min(tau_u - r_u, 10) )
     * }</pre>
     *
     * <p>r is a discrepancy ratio of geometric means. The formula, the bound of 10 and the plain
     * running mean over all batches are those of the authors' code for CREMA-D; it bounds at 7, or
     * not at all, for other data. Different here: l comes from the modality's own logits, not from
     * a Shapley value over the output with inputs set to 0; in the first batch, where the code
     * compares with 0, k = 1; means are kept inside the window only; and k acts on the encoder
     * alone, not on the head as well.
     *
     * @param alpha how strongly to modulate, positive and at most 70, so that k is finite; the
     *     code's default is 1
     * @return the rule
     * @throws IllegalArgumentException if alpha is not positive, or above 70
     * @see <a href="https://arxiv.org/abs/2308.07686">Li, Li, Hu, Lei, Li, Zhou: Boosting
     *     Multi-modal Model Performance with Adaptive Gradient Modulation, ICCV 2023</a>
     */
    static BalanceRule agm(double alpha) {
        return new Agm(alpha);
    }

    /**
     * Weakest first, in the first half of the window: {@code weakestFirst(0.5, 0)}.
     *
     * @return the rule
     */
    static BalanceRule weakestFirst() {
        return new WeakestFirst(0.5, 0);
    }

    /**
     * Sequential modality prioritization, the schedule of G2D: the first part of the window is
     * divided into M-1 stages of equal length. In stage j the j-th weakest modality learns alone, k
     * = 1, and all other encoders rest, k = 0. After the stages k = 1. So of two modalities the one
     * that leads rests in the first part.
     *
     * <p>The weakest is the one with the lowest running mean of scores. Published, the ranking is
     * that of unimodal teachers, trained beforehand, batch by batch; here it is that of the network
     * itself, and its mean over the batches so far keeps it from changing with every batch. At the
     * very beginning it says little, so let the window begin a few epochs after the training. For
     * more than two modalities the published code has no schedule; the paper's stages have lengths
     * of their own, and a last one for the strongest.
     *
     * @param part how much of the epochs the stages take, above 0 and at most 1, rounded to whole
     *     epochs; published: half
     * @param epochs of how many epochs, counted from the beginning of the window; 0: of the window,
     *     which must then have an end
     * @return the rule
     * @throws IllegalArgumentException if part is not above 0 and at most 1, or epochs is negative
     * @see <a href="https://arxiv.org/abs/2506.21514">Rakib, Bagavathi: G2D: Boosting Multimodal
     *     Learning with Gradient-Guided Distillation, ICCV 2025</a>
     */
    static BalanceRule weakestFirst(double part, int epochs) {
        return new WeakestFirst(part, epochs);
    }

    /**
     * Inverse entropy with a floor of 0.6.
     *
     * @return the rule
     */
    static BalanceRule inverseEntropy() {
        return new InverseEntropy(0.6);
    }

    /**
     * The surer a modality is, the more it learns. A rule of this library, after the idea of ARL
     * that modalities should count inversely to the variance of their predictions, with the entropy
     * as the estimate of that variance:
     *
     * <pre>{@code
     * h_u = max(H_u / mean_v H_v, floor),   k_u = M / sum_v (h_u / h_v)
     * }</pre>
     *
     * <p>The coefficients have mean 1; if all entropies are 0, all are 1. ARL's published code has
     * the same floor (0.3 of the sum, for two modalities), weighs 1/h with the size of the other
     * modality's logits, applies a softmax with a temperature, and then does not use the result; it
     * trains with unimodal losses as well, which is {@link UnimodalSignal#sum(double)} here.
     *
     * @param floor keeps k from growing without bound, above 0 and at most 1; of two modalities
     *     none has a k above {@code 4 / (2 + floor)}
     * @return the rule
     * @throws IllegalArgumentException if floor is not above 0 and at most 1
     * @see <a href="https://arxiv.org/abs/2507.10203">Wei, Luo, Luo: Improving Multimodal Learning
     *     via Imbalanced Learning, ICCV 2025</a>
     */
    static BalanceRule inverseEntropy(double floor) {
        return new InverseEntropy(floor);
    }

    /** {@code k = 1}: see {@link #none()}. */
    record None() implements BalanceRule {

        @Override
        public Map<String, Double> coefficients(Step step) {
            Map<String, Double> k = new LinkedHashMap<>();
            step.modalities().keySet().forEach(name -> k.put(name, 1.0));
            return k;
        }

        @Override
        public Set<Need> needs() {
            return Set.of();
        }
    }

    /**
     * {@code k = exp(alpha min(tau - r, 10))}: see {@link #agm(double)}.
     *
     * @param alpha how strongly to modulate, positive and at most 70
     */
    record Agm(double alpha) implements BalanceRule {

        /** As published for two modalities: k is at most exp(10 alpha). */
        private static final double MOST = 10;

        /** Checks alpha, also when read from JSON, where a missing number is 0. */
        public Agm {
            if (!(alpha > 0 && alpha <= 70)) {
                throw new IllegalArgumentException(
                        "alpha must be positive and at most 70, got " + alpha);
            }
        }

        @Override
        public Map<String, Double> coefficients(Step step) {
            int others = step.modalities().size() - 1;
            double now = 0;
            double mean = 0;
            for (Modality m : step.modalities().values()) {
                now += m.now().logScore();
                mean += m.mean().logScore();
            }
            Map<String, Double> k = new LinkedHashMap<>();
            for (Map.Entry<String, Modality> modality : step.modalities().entrySet()) {
                // sum_{v != u} (l_u - l_v) = M l_u - sum_v l_v
                double l = modality.getValue().now().logScore();
                double usual = modality.getValue().mean().logScore();
                double r = StrictMath.exp(((others + 1) * l - now) / others);
                double tau = StrictMath.exp(((others + 1) * usual - mean) / others);
                k.put(modality.getKey(), StrictMath.exp(alpha * Math.min(tau - r, MOST)));
            }
            return k;
        }

        @Override
        public Set<Need> needs() {
            return EnumSet.of(Need.MEANS);
        }
    }

    /**
     * {@code k = 0} for all but one modality in the first epochs: see {@link #weakestFirst(double,
     * int)}.
     *
     * @param part how much of the epochs the stages take, above 0 and at most 1
     * @param epochs of how many epochs, from the beginning of the window; 0: of the window
     */
    record WeakestFirst(double part, int epochs) implements BalanceRule {

        /** Checks both, also when read from JSON, where a missing number is 0. */
        public WeakestFirst {
            Checks.requireShare(part, "part");
            if (epochs < 0) {
                throw new IllegalArgumentException("epochs must be at least 0, got " + epochs);
            }
        }

        @Override
        public Map<String, Double> coefficients(Step step) {
            List<String> ranking = new ArrayList<>(step.modalities().keySet());
            ranking.sort((a, b) -> Double.compare(strength(step, a), strength(step, b)));
            int all = epochs > 0 ? epochs : step.lastEpoch() - step.firstEpoch() + 1;
            long inStages = Math.round(part * all);
            int epoch = step.epoch() - step.firstEpoch();
            Map<String, Double> k = new LinkedHashMap<>();
            ranking.forEach(name -> k.put(name, epoch < inStages ? 0.0 : 1.0));
            if (epoch < inStages) {
                long stage = epoch * (ranking.size() - 1L) / inStages;
                k.put(ranking.get((int) stage), 1.0);
            }
            return k;
        }

        private static double strength(Step step, String modality) {
            return step.modalities().get(modality).mean().score();
        }

        @Override
        public Set<Need> needs() {
            return EnumSet.of(Need.MEANS);
        }
    }

    /**
     * {@code k_u = M / sum_v (h_u / h_v)}: see {@link #inverseEntropy(double)}.
     *
     * @param floor the least h, above 0 and at most 1
     */
    record InverseEntropy(double floor) implements BalanceRule {

        /** Checks the floor, also when read from JSON, where a missing number is 0. */
        public InverseEntropy {
            Checks.requireShare(floor, "floor");
        }

        @Override
        public Map<String, Double> coefficients(Step step) {
            int modalities = step.modalities().size();
            double sum = 0;
            for (Modality m : step.modalities().values()) {
                sum += m.now().entropy();
            }
            Map<String, Double> h = new LinkedHashMap<>();
            for (Map.Entry<String, Modality> modality : step.modalities().entrySet()) {
                double share = sum == 0 ? 1 : modality.getValue().now().entropy() / sum;
                h.put(modality.getKey(), Math.max(share * modalities, floor));
            }
            Map<String, Double> k = new LinkedHashMap<>();
            for (Map.Entry<String, Double> own : h.entrySet()) {
                double inverse = 0;
                for (double other : h.values()) {
                    inverse += own.getValue() / other;
                }
                k.put(own.getKey(), modalities / inverse);
            }
            return k;
        }

        @Override
        public Set<Need> needs() {
            return EnumSet.of(Need.ENTROPIES);
        }
    }
}
