package org.ogm4j.plan;

import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What training keeps from one step for the next: the latest scores, where they serve several
 * steps. It stands in the configuration, as the iteration count does, so that a saved network goes
 * on as if it had not stopped; like all state it is no part of what makes two configurations equal.
 */
public final class TrainingState implements Serializable {

    private static final long serialVersionUID = 1L;

    @JsonProperty("iteration")
    private int iteration = -1;

    @JsonProperty("scores")
    private double[] scores = {};

    /** Of the same step; empty where they follow from the scores. */
    @JsonProperty("ratios")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private double[] ratios = {};

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

    /** The ratios of the same step by modality; empty where they follow from the scores. */
    public double[] ratios() {
        return ratios.clone();
    }

    public void hold(int step, double[] latest, double[] latestRatios) {
        iteration = step;
        scores = latest.clone();
        ratios = latestRatios.clone();
    }

    TrainingState copy() {
        TrainingState copy = new TrainingState();
        copy.hold(iteration, scores, ratios);
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
