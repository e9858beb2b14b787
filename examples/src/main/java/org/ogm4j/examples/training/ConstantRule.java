package org.ogm4j.examples.training;

import org.ogm4j.CoefficientRule;

/**
 * The same coefficient whoever leads.
 *
 * @param k the coefficient, finite and at least 0
 */
public record ConstantRule(double k) implements CoefficientRule {

    @Override
    public double coefficient(double ratio) {
        return k;
    }
}
