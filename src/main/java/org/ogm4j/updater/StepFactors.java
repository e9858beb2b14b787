package org.ogm4j.updater;

/**
 * What acts on one modality in one step.
 *
 * @param k the coefficient
 * @param p the factor on the new summand of Adam's first moment
 * @param missing how much less than without p the summands of the first moment weigh: {@code D_t =
 *     b1 D_{t-1} + (1 - b1)(1 - p_t)}
 * @param missingSquares the same of their squares: {@code E_t = b1^2 E_{t-1} + (1 - b1)^2 (1 -
 *     p_t^2)}
 */
public record StepFactors(double k, double p, double missing, double missingSquares) {

    /** A coefficient alone. */
    static StepFactors of(double k) {
        return new StepFactors(k, 1, 0, 0);
    }

    /** The same coefficient, and the next p after this step's. */
    static StepFactors next(double k, double p, double beta1, double missing, double squares) {
        return new StepFactors(
                k,
                p,
                beta1 * missing + (1 - beta1) * (1 - p),
                beta1 * beta1 * squares + (1 - beta1) * (1 - beta1) * (1 - p * p));
    }
}
