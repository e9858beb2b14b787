package org.ogm4j.study.baseline;

import org.ogm4j.CoefficientRule;

/** k = 1 whoever leads. */
public record NothingHeldBack() implements CoefficientRule {

    @Override
    public double coefficient(double ratio) {
        return 1;
    }
}
