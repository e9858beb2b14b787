package org.ogm4j.plan;

import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What training keeps from one step for the next: the latest scores, where they serve several
 * steps, and how often features are dropped, where they are. It stands in the configuration, as the iteration count does, so that a saved network goes
 * on as if it had not stopped; like all state it is no part of what makes two configurations equal.
 */
public final class TrainingState implements Serializable {

    private static final long serialVersionUID = 1L;

    @JsonProperty("iteration")
    private int iteration = -1;

    @JsonProperty("scores")
    private double[] scores = {};

    @JsonProperty("drop")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private DropRates drop;

    @JsonProperty("dropBefore")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private DropRates dropBefore;

    /**
     * The scores of a step.
     *
     * @param step the iteration of the step
     * @param every how many steps a score serves
     * @return the scores by modality, null if they have to be computed anew
     */
    public double[] scores(int step, int every) {
        return iteration >= 0 && iteration <= step && step < iteration + every
                ? scores.clone()
                : null;
    }

    public void hold(int step, double[] latest) {
        iteration = step;
        scores = latest.clone();
    }

    /**
     * How often features are dropped in the step after one.
     *
     * @param step the iteration of the one before
     * @return null if it had no ratios, or is not one of the latest two
     */
    public DropRates dropAfter(int step) {
        if (drop != null && drop.after() == step) {
            return drop;
        }
        return dropBefore != null && dropBefore.after() == step ? dropBefore : null;
    }

    /** Holds rates beside those of the step before: a step may run more than once. */
    public void hold(DropRates latest) {
        if (drop != null && drop.after() != latest.after()) {
            dropBefore = drop;
        }
        drop = latest;
    }

    TrainingState copy() {
        TrainingState copy = new TrainingState();
        copy.hold(iteration, scores);
        copy.drop = drop;
        copy.dropBefore = dropBefore;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrainingState;
    }

    @Override
    public int hashCode() {
        return TrainingState.class.hashCode();
    }

    @Override
    public String toString() {
        return Arrays.toString(scores) + " of step " + iteration;
    }
}
