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
 * @param ratio the discrepancy ratio rho, above 1 where the modality leads; NaN where no example of
 *     the batch has this modality and another, and then k is 1
 * @param coefficient the factor k on the gradient of the modality's encoder; 1 leaves it as it is
 * @param momentCoefficient the factor p on the new summand of the first moment in the {@link
 *     AdamVariant}; 1 where p does not act
 * @param dropRate q, the probability with which an example's features were dropped in this step by
 *     {@link PredictionModulation}; 0 where nothing was
 * @since 0.1.0
 */
public record ModalityStep(
        double score, double ratio, double coefficient, double momentCoefficient, double dropRate) {

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
