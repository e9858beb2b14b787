package org.ogm4j.testing;

import org.ogm4j.CoefficientRule;

/**
 * The same coefficient whatever the ratio, as a public record, so that it can be saved and sent to
 * a replica.
 *
 * @param k the coefficient
 */
public record ConstantRule(double k) implements CoefficientRule {
    @Override
    public double coefficient(double ratio) {
        return k;
    }
}
