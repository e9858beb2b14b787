package org.ogm4j;

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
 * @param score how well the modality alone predicts the labels: the mean over the batch of {@code
 *     exp(-l_i)}, which for cross-entropy is the softmax probability of the true class; in [0, 1]
 *     for every loss that is not negative, NaN where it could not be computed
 * @param ratio the discrepancy ratio rho, above 1 where the modality leads
 * @param coefficient the factor k on the gradient of the modality's encoder; 1 leaves it as it is
 * @param momentCoefficient the factor p on the new summand of the first moment in the {@link
 *     AdamVariant}; 1 where p does not act
 * @since 0.1.0
 */
public record ModalityStep(
        double score, double ratio, double coefficient, double momentCoefficient) {}
