package org.ogm4j.study.baseline;

import java.util.Arrays;
import java.util.List;

/**
 * Weights of losses by offline Gradient-Blending: {@code w_k = G_k / O_k^2 / Z}, with Z such that
 * they sum to 1. Between two checkpoints of a network trained with loss k alone, G is by how much
 * the loss on a held-out part fell, and O by how much the gap between the held-out and the training
 * loss grew. The held-out part is taken from the training set; neither validation nor test serve.
 *
 * <p>The formula gives no useful weight in some cases. There, by choice of ours:
 *
 * <ul>
 *   <li>G &lt;= 0, nothing was learned that generalises: weight 0;
 *   <li>O below {@link #LEAST_OVERFITTING}, negative included: that value is taken, so that a loss
 *       which hardly overfits has a large and finite weight;
 *   <li>no G above 0: equal weights.
 * </ul>
 *
 * @see <a href="https://arxiv.org/abs/1905.12681">Wang, Tran, Feiszli: What Makes Training
 *     Multi-modal Classification Networks Hard?, CVPR 2020, section 3</a>
 */
public final class GradientBlending {

    /**
     * The least O, in units of the loss. It is about the standard error of a mean cross-entropy
     * over some hundred held-out examples, so that a smaller O cannot be told from 0.
     */
    public static final double LEAST_OVERFITTING = 0.05;

    private GradientBlending() {}

    /**
     * The weights, in the order of the losses.
     *
     * @param curves what was measured with each loss; at least one
     * @throws IllegalArgumentException if there is none
     */
    static double[] weights(List<Curve> curves) {
        if (curves.isEmpty()) {
            throw new IllegalArgumentException("curves must be at least one, got none");
        }
        double[] raw = curves.stream().mapToDouble(GradientBlending::unscaled).toArray();
        double sum = Arrays.stream(raw).sum();
        if (sum == 0) {
            Arrays.fill(raw, 1.0 / raw.length);
            return raw;
        }
        return Arrays.stream(raw).map(weight -> weight / sum).toArray();
    }

    private static double unscaled(Curve curve) {
        double overfitting = Math.max(curve.overfitting(), LEAST_OVERFITTING);
        return Math.max(0, curve.generalization()) / (overfitting * overfitting);
    }

    /**
     * The losses at two checkpoints.
     *
     * @param trainBefore training loss at the first
     * @param heldOutBefore held-out loss at the first
     * @param trainAfter training loss at the second
     * @param heldOutAfter held-out loss at the second
     */
    record Curve(double trainBefore, double heldOutBefore, double trainAfter, double heldOutAfter) {

        /** Checks that there are four numbers. */
        Curve {
            double sum = trainBefore + heldOutBefore + trainAfter + heldOutAfter;
            if (!Double.isFinite(sum)) {
                throw new IllegalArgumentException(
                        "losses must be finite, got %s, %s, %s, %s"
                                .formatted(trainBefore, heldOutBefore, trainAfter, heldOutAfter));
            }
        }

        /** G: how much the held-out loss fell. */
        double generalization() {
            return heldOutBefore - heldOutAfter;
        }

        /** O: how much the gap between the held-out and the training loss grew. */
        double overfitting() {
            return heldOutAfter - trainAfter - (heldOutBefore - trainBefore);
        }
    }
}
