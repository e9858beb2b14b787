package org.ogm4j.score;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.ogm4j.math.DiscrepancyRatio;

/**
 * The scores of a step and how they compare. Where examples lack a modality, a pair of modalities
 * is compared on the examples that have both.
 */
public final class StepScores {

    private final double[] scores;
    private final double[] ratios;
    private final boolean[] compared; // null: all

    private StepScores(double[] scores, double[] ratios, boolean[] compared) {
        this.scores = scores;
        this.ratios = ratios;
        this.compared = compared;
    }

    /**
     * From the losses of a batch.
     *
     * @param modalities for each its losses by output, without outputs that have no labels
     * @param has for each whether each example has it; null where all have it
     * @return scores and ratios in the same order
     */
    public static StepScores of(List<Map<String, ExampleLosses>> modalities, boolean[][] has) {
        double[][] examples = BatchScores.ofExamples(modalities, has);
        double[] scores =
                Arrays.stream(examples).mapToDouble(own -> BatchScores.mean(own, null)).toArray();
        if (Arrays.stream(has).allMatch(own -> own == null)) {
            return held(scores, new double[0]);
        }
        int size = scores.length;
        double[][] pairs = new double[size][size];
        boolean[][] comparable = new boolean[size][size];
        boolean[] compared = new boolean[size];
        for (int u = 0; u < size; u++) {
            for (int v = 0; v < size; v++) {
                pairs[u][v] = BatchScores.mean(examples[u], has[v]);
                comparable[u][v] =
                        BatchScores.count(examples[u], has[v]) > 0
                                && BatchScores.count(examples[v], has[u]) > 0;
                compared[u] |= u != v && comparable[u][v];
            }
        }
        return new StepScores(scores, DiscrepancyRatio.of(pairs, comparable), compared);
    }

    /**
     * Scores that were held for later steps.
     *
     * @param scores of every modality
     * @param ratios of every modality; empty: they follow from the scores
     * @return the same as of the step that they are from
     */
    public static StepScores held(double[] scores, double[] ratios) {
        return new StepScores(
                scores, ratios.length == 0 ? DiscrepancyRatio.of(scores) : ratios, null);
    }

    /** The scores of all modalities, as they are held. */
    public double[] scores() {
        return scores.clone();
    }

    /** The ratios of all modalities, as they are held: empty where they follow from the scores. */
    public double[] ratios() {
        return compared == null ? new double[0] : ratios.clone();
    }

    /** Whether every modality has a score, and a ratio that does not follow from the scores. */
    public boolean canBeHeld() {
        return DoubleStream.concat(Arrays.stream(scores), Arrays.stream(ratios()))
                .noneMatch(Double::isNaN);
    }

    /**
     * The score of a modality.
     *
     * @param modality its number
     * @return the mean over the examples that count; NaN if there is none
     */
    public double score(int modality) {
        return scores[modality];
    }

    /**
     * The discrepancy ratio of a modality.
     *
     * @param modality its number
     * @return rho; NaN for one that is not compared
     */
    public double ratio(int modality) {
        return ratios[modality];
    }

    /**
     * Whether any example has this modality and another, so that there is something to compare.
     *
     * @param modality its number
     * @return true for all modalities where no example lacks one
     */
    public boolean isCompared(int modality) {
        return compared == null || compared[modality];
    }
}
