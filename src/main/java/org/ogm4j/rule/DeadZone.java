package org.ogm4j.rule;

import org.ogm4j.CoefficientRule;

/**
 * {@code k = 1 - tanh(alpha * max(0, rho - 1 - margin))}: see {@link
 * CoefficientRule#deadZone(double, double)}.
 *
 * @param alpha how strongly to slow the leading modality, positive and finite
 * @param margin how far above 1 a ratio may be without effect, at least 0 and finite
 */
public record DeadZone(double alpha, double margin) implements CoefficientRule {

    /** Checks both, also when read from JSON, where a missing number is 0. */
    public DeadZone {
        Checks.requirePositive(alpha, "alpha");
        Checks.requireNotNegative(margin, "margin");
    }

    @Override
    public double coefficient(double ratio) {
        double lead = ratio - 1 - margin;
        return lead > 0 ? 1 - Math.tanh(alpha * lead) : 1;
    }
}
