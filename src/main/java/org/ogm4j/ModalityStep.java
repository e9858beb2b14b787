package org.ogm4j;

import java.util.Locale;

/**
 * What modulation measured and did for one modality in one training step.
 *
 * <p>Example: whether sound leads at present.
 *
 * <pre>{@code
 * net.addListeners(new ModulationListener(step -> {
 *     ModalityStep audio = step.modalities().get("audio");
 *     if (audio.ratio() > 1) {
 *         System.out.println("audio leads, k = " + audio.coefficient());
 *     }
 * }));
 * }</pre>
 *
 * @param score how well the modality alone predicts the labels, the mean over the examples of the
 *     batch that have it: for classes the probability of the true class, for several labels of two
 *     values the geometric mean of the right probabilities, for all other losses {@code exp(-l_i /
 *     tau)} with tau the mean of l over modalities and examples; in [0, 1] for every loss that is
 *     not negative, NaN where it could not be computed or no example has the modality
 * @param loss how far off the modality alone is, l of its own logits, the mean over the same
 *     examples: for classes the cross-entropy {@code -sum_c y_c log softmax(z)_c} in nats, for
 *     several labels of two values their mean binary cross-entropy in nats, for all other losses
 *     the loss function's own value; the mean over the rows of an example, then over the outputs
 *     that have labels for it; without class weights; NaN where the score is, and in a step whose
 *     score is held by {@code scoreEvery}
 * @param ratio the discrepancy ratio rho, above 1 where the modality leads; NaN where no example of
 *     the batch has this modality and another, and then k is 1
 * @param coefficient the factor k on the gradient of the modality's encoder; 1 leaves it as it is
 * @param momentCoefficient the factor p on the new summand of the first moment in the {@link
 *     AdamVariant}; 1 where p does not act
 * @param dropRate q, the probability with which an example's features were dropped in this step by
 *     {@link PredictionModulation}; 0 where nothing was
 * @param signals the error signals at the modality's gates
 * @since 0.1.0
 */
public record ModalityStep(
        double score,
        double loss,
        double ratio,
        double coefficient,
        double momentCoefficient,
        double dropRate,
        Signals signals) {

    /**
     * How large the error signals at the gates of a modality are, and how well they agree: the
     * joint one, e_j, as it arrives, before k, noise and {@link UnimodalSignal}, and the modality's
     * own, e_u, before gamma.
     *
     * <pre>{@code
     * joint = sqrt(1/m sum_i ||e_j,i||^2),  unimodal = sqrt(1/m sum_i ||e_u,i||^2)
     * cosine = <e_j, e_u> / (||e_j|| ||e_u||)
     * }</pre>
     *
     * <p>Sums run over the m examples that have the modality and a label, over all their features
     * and steps, in double. Row i of a signal is the gradient of the loss of example i, not divided
     * by the size of the batch; so a size does not depend on it. The Frobenius norm of the gradient
     * of the mean loss, which papers draw, is {@code joint / sqrt(m)}. At a vertex that several
     * gates read, a signal is the sum over them.
     *
     * <p>All are NaN in a batch that is not modulated or in which no example has the modality, in a
     * step whose scores are held by {@code scoreEvery}, where nothing tells whose a row is, and
     * while the network has no listener: then nothing is spent on them. They say what arrives at
     * the gates, whatever is behind: the same where the encoder is frozen.
     *
     * <p>Example: {@code step.modalities().get("audio").signals().cosine() < 0} is a conflict.
     *
     * @param joint the root mean square over examples of the norm of e_j, in the unit of the loss
     *     per unit of a feature
     * @param unimodal the same of e_u; NaN without {@link UnimodalSignal}
     * @param cosine in [-1, 1]; NaN without e_u, and where one of the two is 0, as e_u is where
     *     zero-out multiplies the features by those of the other modality
     */
    public record Signals(double joint, double unimodal, double cosine) {

        /** Where nothing was measured. */
        public static final Signals NONE = new Signals(Double.NaN, Double.NaN, Double.NaN);
    }

    /** As many digits as people read; p and q only where they act. */
    @Override
    public String toString() {
        String p =
                momentCoefficient == 1
                        ? ""
                        : String.format(Locale.ROOT, ", p %.4g", momentCoefficient);
        String q = dropRate == 0 ? "" : String.format(Locale.ROOT, ", q %.4g", dropRate);
        return String.format(
                Locale.ROOT, "score %.4g, ratio %.4g, k %.4g%s%s", score, ratio, coefficient, p, q);
    }
}
