package org.ogm4j.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.BalanceRule.Measures;

/**
 * What training keeps from one step for the next: the latest scores, where they serve several
 * steps, running means, where the rule needs them, and how often features are dropped, where they
 * are. It stands in the configuration, as the
 * iteration count does, so that a saved network goes on as if it had not stopped; like all state it
 * is no part of what makes two configurations equal.
 */
public final class TrainingState implements Serializable {

    private static final long serialVersionUID = 1L;

    @JsonProperty("iteration")
    private int iteration = -1;

    @JsonProperty("scores")
    private double[] scores = {};

    /** With the scores, for a rule that sees more than these; else empty. */
    @JsonProperty("measures")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<Measures> measures = List.of();

    /** Running means, of as many batches as were counted. */
    @JsonProperty("means")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<Measures> means = List.of();

    @JsonProperty("counted")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private int counted;

    /** Of the latest step, to enter the means when the next one begins; else empty. */
    @JsonProperty("waiting")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<Measures> waiting = List.of();

    @JsonProperty("waitingSince")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private int waitingSince;

    @JsonProperty("drop")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private DropRates drop;

    @JsonProperty("dropBefore")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private DropRates dropBefore;

    /** Of the same step; empty where they follow from the scores. */
    @JsonProperty("ratios")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private double[] ratios = {};

    /**
     * The measures of a step.
     *
     * @param step the iteration of the step
     * @param every how many steps a score serves
     * @return by modality, the score alone if no more was held; null if they have to be computed
     *     anew
     */
    public List<Measures> held(int step, int every) {
        if (iteration < 0 || step < iteration || step >= iteration + every) {
            return null;
        }
        return measures.isEmpty()
                ? Arrays.stream(scores)
                        .mapToObj(score -> new Measures(score, Double.NaN, Double.NaN))
                        .toList()
                : measures;
    }

    /**
     * Holds the measures of a step for those that follow.
     *
     * @param ofPairs the ratios by modality; empty where they follow from the scores
     * @param whole whether the rule sees more of them than the scores
     */
    public void hold(int step, List<Measures> latest, double[] ofPairs, boolean whole) {
        iteration = step;
        scores = latest.stream().mapToDouble(Measures::score).toArray();
        ratios = ofPairs.clone();
        measures = whole ? List.copyOf(latest) : List.of();
    }

    /**
     * The running means of the steps before one, however often that one is computed.
     *
     * @param step the iteration of the step
     * @return by modality; empty if no step was counted yet
     */
    public List<Measures> means(int step) {
        if (!waiting.isEmpty() && step != waitingSince) {
            counted++;
            List<Measures> updated = new ArrayList<>();
            for (int u = 0; u < waiting.size(); u++) {
                Measures x = waiting.get(u);
                Measures mean = means.isEmpty() ? x : means.get(u);
                updated.add(
                        new Measures(
                                next(mean.score(), x.score()),
                                next(mean.logScore(), x.logScore()),
                                next(mean.entropy(), x.entropy())));
            }
            means = List.copyOf(updated);
            waiting = List.of();
        }
        return means;
    }

    /** Lets the measures of a step enter the running means of the steps after it. */
    public void count(int step, List<Measures> measured) {
        waitingSince = step;
        waiting = List.copyOf(measured);
    }

    private double next(double mean, double x) {
        return mean + (x - mean) / counted;
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

    /** The ratios of the same step by modality; empty where they follow from the scores. */
    public double[] ratios() {
        return ratios.clone();
    }

    TrainingState copy() {
        TrainingState copy = new TrainingState();
        copy.iteration = iteration;
        copy.scores = scores.clone();
        copy.ratios = ratios.clone();
        copy.measures = measures;
        copy.means = means;
        copy.counted = counted;
        copy.waiting = waiting;
        copy.waitingSince = waitingSince;
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
        return Arrays.toString(scores) + " of step " + iteration + ", means " + means;
    }
}
