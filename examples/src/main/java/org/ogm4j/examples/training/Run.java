package org.ogm4j.examples.training;

import java.util.List;
import org.ogm4j.Attribution;
import org.ogm4j.examples.network.Accuracy;
import org.ogm4j.examples.network.MacroF1;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.network.PerModality;

/**
 * A training run from its first step to its result.
 *
 * @param method how the network was trained
 * @param steps every step, in order
 * @param validation after each epoch
 * @param test after the last epoch
 * @param testF1 after the last epoch
 * @param linearProbe test accuracy of a linear classifier on each encoder, after the last epoch
 * @param shapley of each modality on the test split, after the last epoch
 * @param cost time and memory
 * @param attribution of the layers in which tokens of both modalities mix, after the last epoch;
 *     without layers for a network that mixes none
 */
public record Run(
        Method method,
        List<TrainingStep> steps,
        List<Accuracy> validation,
        Accuracy test,
        MacroF1 testF1,
        PerModality linearProbe,
        PerModality shapley,
        Cost cost,
        Attribution attribution) {

    /** Copies the lists. */
    public Run {
        steps = List.copyOf(steps);
        validation = List.copyOf(validation);
    }

    /** The modality whose score, averaged over all steps, is the higher one. */
    public Modality leader() {
        double audio = steps.stream().mapToDouble(TrainingStep::audioScore).sum();
        double visual = steps.stream().mapToDouble(TrainingStep::visualScore).sum();
        return audio >= visual ? Modality.AUDIO : Modality.VISUAL;
    }

    /** The ratio rho of a modality, averaged over all steps. */
    public double meanRatio(Modality modality) {
        return steps.stream().mapToDouble(step -> step.ratio(modality)).average().orElseThrow();
    }
}
