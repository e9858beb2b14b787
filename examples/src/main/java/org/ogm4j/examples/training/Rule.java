package org.ogm4j.examples.training;

import java.util.Locale;
import org.ogm4j.CoefficientRule;

/**
 * The published coefficient rules. Their alphas are not comparable, so each has its own default.
 */
public enum Rule {
    CVPR2022(0.8),
    TPAMI2024(0.8);

    private final double defaultAlpha;

    Rule(double defaultAlpha) {
        this.defaultAlpha = defaultAlpha;
    }

    /** What alpha is where the user names none. */
    public double defaultAlpha() {
        return defaultAlpha;
    }

    /** The library's rule with the alpha given. */
    public CoefficientRule withAlpha(double alpha) {
        return switch (this) {
            case CVPR2022 -> CoefficientRule.cvpr2022(alpha);
            case TPAMI2024 -> CoefficientRule.tpami2024(alpha);
        };
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
