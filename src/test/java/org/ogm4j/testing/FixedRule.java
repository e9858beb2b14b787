package org.ogm4j.testing;

import java.util.Map;
import org.ogm4j.BalanceRule;

/**
 * Coefficients by name, whatever happens, as a public record: it can be saved and sent to a
 * replica.
 *
 * @param k the coefficients
 */
public record FixedRule(Map<String, Double> k) implements BalanceRule {

    @Override
    public Map<String, Double> coefficients(Step step) {
        return k;
    }
}
