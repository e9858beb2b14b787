package org.ogm4j.updater;

/**
 * What acts on one modality in one step.
 *
 * @param k the coefficient
 * @param p the factor on the new summand of Adam's first moment
 */
public record StepFactors(double k, double p) {

    /** A coefficient alone. */
    static StepFactors of(double k) {
        return new StepFactors(k, 1);
    }
}
