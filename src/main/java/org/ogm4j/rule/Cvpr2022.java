package org.ogm4j.rule;

import org.ogm4j.CoefficientRule;

/**
 * {@code k = 1 - tanh(alpha * rho) if rho > 1, else 1}: see {@link
 * CoefficientRule#cvpr2022(double)}.
 *
 * @param alpha how strongly to slow the leading modality, positive and finite
 */
public record Cvpr2022(double alpha) implements CoefficientRule {

    /** Checks alpha, also when read from JSON, where a missing number is 0. */
    public Cvpr2022 {
        Checks.requirePositive(alpha, "alpha");
    }

    @Override
    public double coefficient(double ratio) {
        return ratio > 1 ? 1 - Math.tanh(alpha * ratio) : 1;
    }
}
