package org.ogm4j.plan;

import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What training keeps from one step for the next: the latest scores, where they serve several
 * steps, and how often features are dropped, where they are. It stands in the configuration, as the
 * iteration count does, so that a saved network goes on as if it had not stopped; like all state it
 * is no part of what makes two configurations equal.
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
     * How often features are dropped in a step: by the ratios of the one before. The step may be
     * under way, and have left ratios of its own.
     *
     * @param step its iteration
     * @return null if there was no step before
     */
    public DropRates dropIn(int step) {
        return drop != null && drop.after() == step ? dropBefore : drop;
    }

    /** Holds the rates that follow from a step; one that runs again replaces its own. */
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
