package org.ogm4j.rule;

import org.ogm4j.CoefficientRule;

/**
 * {@code k = max(0, 1 - alpha * tanh(rho - 1)) if rho > 1, else 1}: see {@link
 * CoefficientRule#tpami2024(double)}.
 *
 * @param alpha how strongly to slow the leading modality, positive and finite
 */
public record Tpami2024(double alpha) implements CoefficientRule {

    /** Checks alpha, also when read from JSON, where a missing number is 0. */
    public Tpami2024 {
        Checks.requirePositive(alpha, "alpha");
    }

    @Override
    public double coefficient(double ratio) {
        return ratio > 1 ? Math.max(0, 1 - alpha * Math.tanh(ratio - 1)) : 1;
    }
}
