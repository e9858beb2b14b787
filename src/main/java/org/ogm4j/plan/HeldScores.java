package org.ogm4j.plan;

import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The latest scores, where one serves several steps. Like the iteration count they are a state of
 * training that is kept in the configuration, so that a saved network goes on as if it had not
 * stopped; like all state they are no part of what makes two configurations equal.
 */
public final class HeldScores implements Serializable {

    private static final long serialVersionUID = 1L;

    @JsonProperty("iteration")
    private int iteration = -1;

    @JsonProperty("scores")
    private double[] scores = {};

    /**
     * The scores of a step.
     *
     * @param step the iteration of the step
     * @param every how many steps a score serves
     * @return the scores by modality, null if they have to be computed anew
     */
    public double[] in(int step, int every) {
        return iteration >= 0 && iteration <= step && step < iteration + every
                ? scores.clone()
                : null;
    }

    public void hold(int step, double[] latest) {
        iteration = step;
        scores = latest.clone();
    }

    HeldScores copy() {
        HeldScores copy = new HeldScores();
        copy.hold(iteration, scores);
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeldScores;
    }

    @Override
    public int hashCode() {
        return HeldScores.class.hashCode();
    }

    @Override
    public String toString() {
        return Arrays.toString(scores) + " of step " + iteration;
    }
}
