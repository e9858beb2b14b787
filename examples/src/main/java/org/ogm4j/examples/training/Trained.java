package org.ogm4j.examples.training;

import org.ogm4j.Attribution;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.study.Run;
import org.ogm4j.study.TrainingStep;

/**
 * What the main job reports of a run.
 *
 * @param method how the network was trained
 * @param run from its first step to its result
 * @param attribution of the layers in which tokens of both modalities mix, after the last epoch;
 *     without layers for a network that mixes none
 */
public record Trained(Method method, Run run, Attribution attribution) {

    /** The modality whose score, averaged over all steps, is the higher one. */
    public Modality leader() {
        return sum(Modality.AUDIO) >= sum(Modality.VISUAL) ? Modality.AUDIO : Modality.VISUAL;
    }

    private double sum(Modality modality) {
        return run.steps().stream().mapToDouble(step -> score(step, modality)).sum();
    }

    /** The score of a modality in a step. */
    public static double score(TrainingStep step, Modality modality) {
        return step.scores().get(modality.input());
    }
}
