package org.ogm4j;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ogm4j.math.Checks;

/**
 * What the encoder of a modality takes over from its teacher, a network of that modality alone that
 * is trained already and stays as it is.
 *
 * <p>At the gate of modality u the gradient of one or two more losses comes in. With features phi
 * of the encoder and t of the teacher at the same vertex, of d numbers for each example that are
 * not masked:
 *
 * <pre>{@code
 * features   lambda |phi - t|^2 / d                     e_t = 2 lambda (phi - t) / d
 * logits     mu KL(teacher || own)                      e_t = mu dl(p, logits^u) / dphi
 * }</pre>
 *
 * <p>p are the teacher's predictions, which take the place of the labels in the modality's own
 * loss: that of {@link UnimodalSignal}, of the logits that the modality is scored with. With
 * softmax or sigmoid and cross-entropy its gradient is that of the Kullback-Leibler divergence;
 * with any other loss it is that of the loss against the prediction, and class weights of the loss
 * stay in it. Both are sums per example, as error signals are, and take the place of {@code gamma
 * e_u}, or are added to it:
 *
 * <pre>{@code
 * gate's output = R(k e_j, gamma e_u + e_t) + c (z_i - mean z) R(e_j, gamma e_u + e_t)
 * }</pre>
 *
 * <p>with R of the {@link UnimodalSignal}; with {@code none()} it is {@code k e_j + e_t}. So k does
 * not slow what comes from the teacher.
 *
 * <p>Steps that a features mask hides have no share in the distance. It needs no labels, so
 * examples without any count; a batch in which no example has a label is not modulated at all. In
 * the logits part the mask on the labels counts.
 *
 * <p>Example:
 *
 * <pre>{@code
 * Map<String, ComputationGraph> teachers =
 *         ModulatedOptimizer.builder().build().trainUnimodal(conf, train, 30);
 * ModulatedOptimizer ogm = ModulatedOptimizer.builder()
 *         .teacher("audio", teachers.get("audio"), Distillation.features(10))
 *         .teacher("visual", teachers.get("visual"), Distillation.features(10).andLogits(1))
 *         .build();
 * }</pre>
 *
 * @param features lambda, the weight of the distance of the features, not negative and finite
 * @param logits mu, the weight of the divergence of the predictions, not negative and finite
 * @see "Du et al.: On Uni-Modal Feature Learning in Supervised Multi-Modal Learning (UMT), ICML
 *     2023, for features"
 * @see "Rakib, Bagavathi: G2D: Boosting Multimodal Learning with Gradient-Guided Distillation, ICCV
 *     2025, for both"
 * @since 0.1.0
 */
public record Distillation(double features, double logits) implements Serializable {

    /**
     * Checks both weights, also when read from JSON.
     *
     * @throws IllegalArgumentException if one is negative or not finite, or both are 0
     */
    public Distillation {
        Checks.requireNotNegative(features, "features");
        Checks.requireNotNegative(logits, "logits");
        if (features == 0 && logits == 0) {
            throw new IllegalArgumentException(
                    "weights of a distillation must not both be 0, got features = 0, logits = 0");
        }
    }

    /**
     * The distance of the features, as in UMT.
     *
     * @param lambda its weight, positive and finite
     * @return features alone
     * @throws IllegalArgumentException if lambda is not positive and finite
     */
    public static Distillation features(double lambda) {
        Checks.requirePositive(lambda, "lambda");
        return new Distillation(lambda, 0);
    }

    /**
     * The divergence of the predictions.
     *
     * @param mu its weight, positive and finite
     * @return logits alone
     * @throws IllegalArgumentException if mu is not positive and finite
     */
    public static Distillation logits(double mu) {
        Checks.requirePositive(mu, "mu");
        return new Distillation(0, mu);
    }

    /**
     * The same with the divergence of the predictions, as in G2D.
     *
     * @param mu its weight, positive and finite
     * @return both
     * @throws IllegalArgumentException if mu is not positive and finite
     */
    public Distillation andLogits(double mu) {
        Checks.requirePositive(mu, "mu");
        return new Distillation(features, mu);
    }

    /** As it is written in code. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (features > 0) {
            parts.add("features(" + features + ")");
        }
        if (logits > 0) {
            parts.add("logits(" + logits + ")");
        }
        return String.join(" + ", parts);
    }
}
