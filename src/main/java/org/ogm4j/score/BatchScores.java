package org.ogm4j.score;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ogm4j.BalanceRule.Measures;

/**
 * From the losses of examples to the scores of modalities.
 *
 * <pre>{@code
 * s_i = exp(-l_i)         for classes and labels
 * s_i = exp(-l_i / tau)   for all other losses, tau = the mean of |l| over modalities and examples
 * }</pre>
 *
 * <p>The division by tau takes the unit away: two modalities whose errors are a and b have the same
 * ratio in metres and in millimetres. With several outputs the score of an example is the mean over
 * those that have labels for it. With them come the mean of {@code log max(s_i, 1e-8)} and the mean
 * entropy, which rules may look at.
 */
public final class BatchScores {

    /** Keeps the logarithm of a score finite. The same as in the published code of AGM. */
    private static final double LEAST = 1e-8;

    /** In place of a score: the example does not count. A score of its own is never negative. */
    private static final double NONE = -1;

    private BatchScores() {}

    /**
     * The score of every modality.
     *
     * @param modalities for each its losses by output, without outputs that have no labels
     * @return the mean over the examples that count; NaN for a modality without any
     */
    public static double[] of(List<Map<String, ExampleLosses>> modalities) {
        double[][] examples = ofExamples(modalities, new boolean[modalities.size()][]);
        return Arrays.stream(examples).mapToDouble(scores -> mean(scores, null)).toArray();
    }

    /**
     * The scores of single examples.
     *
     * @param modalities for each its losses by output
     * @param has for each whether each example has it; null where all have it
     * @return for each modality, to be read by {@link #mean} and {@link #count}
     */
    static double[][] ofExamples(List<Map<String, ExampleLosses>> modalities, boolean[][] has) {
        Map<String, Double> units = units(modalities, has);
        double[][] scores = new double[has.length][];
        for (int u = 0; u < has.length; u++) {
            scores[u] = ofExamples(modalities.get(u), has[u], units);
        }
        return scores;
    }

    /**
     * What rules may look at.
     *
     * @param examples the scores of the modality's examples
     * @param outputs its losses by output
     * @param has whether each example has it; null where all have it
     * @return means over the examples that count; NaN for a modality without any, and for an
     *     entropy that no output has
     */
    static Measures measures(double[] examples, Map<String, ExampleLosses> outputs, boolean[] has) {
        double[] logs = new double[examples.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = examples[i] == NONE ? NONE : -Math.log(Math.max(examples[i], LEAST));
        }
        return new Measures(mean(examples, null), -mean(logs, null), entropy(outputs, has));
    }

    /**
     * The loss of a modality, for people.
     *
     * @param outputs its losses by output
     * @param has whether each example has it; null where all have it
     * @return the mean over the examples that count, each with the mean over the outputs that have
     *     labels for it; NaN if there is none
     */
    static double loss(Map<String, ExampleLosses> outputs, boolean[] has) {
        int examples = examples(outputs);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < examples; i++) {
            double own = 0;
            int labelled = 0;
            for (ExampleLosses losses : outputs.values()) {
                if (losses.counts(i) && (has == null || has[i])) {
                    own += losses.reported(i);
                    labelled++;
                }
            }
            if (labelled > 0) {
                sum += own / labelled;
                count++;
            }
        }
        return sum / count;
    }

    private static int examples(Map<String, ExampleLosses> outputs) {
        int examples = 0;
        for (ExampleLosses losses : outputs.values()) {
            examples = Math.max(examples, losses.examples());
        }
        return examples;
    }

    /** For each example 1 if it counts, else 0. */
    static double[] counted(double[] scores) {
        return Arrays.stream(scores).map(score -> score == NONE ? 0 : 1).toArray();
    }

    private static double entropy(Map<String, ExampleLosses> outputs, boolean[] has) {
        double sum = 0;
        int count = 0;
        for (ExampleLosses losses : outputs.values()) {
            double entropy = losses.entropy(has);
            if (!Double.isNaN(entropy)) {
                sum += entropy;
                count++;
            }
        }
        return sum / count;
    }

    /** The mean over the examples that count, among some; NaN if there is none. */
    static double mean(double[] scores, boolean[] among) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            sum += counts(scores, i, among) ? scores[i] : 0;
        }
        return sum / count(scores, among);
    }

    /** How many examples count, among some. */
    static int count(double[] scores, boolean[] among) {
        int count = 0;
        for (int i = 0; i < scores.length; i++) {
            count += counts(scores, i, among) ? 1 : 0;
        }
        return count;
    }

    private static boolean counts(double[] scores, int example, boolean[] among) {
        return scores[example] != NONE && (among == null || among[example]);
    }

    /** tau of every output, 1 where none is wanted. */
    private static Map<String, Double> units(
            List<Map<String, ExampleLosses>> modalities, boolean[][] has) {
        Map<String, double[]> sums = new HashMap<>();
        for (int u = 0; u < has.length; u++) {
            for (Map.Entry<String, ExampleLosses> output : modalities.get(u).entrySet()) {
                double[] sum = sums.computeIfAbsent(output.getKey(), name -> new double[2]);
                ExampleLosses losses = output.getValue();
                for (int i = 0; i < losses.examples(); i++) {
                    if (losses.counts(i) && (has[u] == null || has[u][i])) {
                        boolean own = losses.kind() == OutputLoss.Kind.LOSSES;
                        sum[0] += own ? Math.abs(losses.loss(i)) : 1;
                        sum[1]++;
                    }
                }
            }
        }
        Map<String, Double> units = new HashMap<>();
        sums.forEach((output, sum) -> units.put(output, sum[0] / sum[1]));
        return units;
    }

    private static double[] ofExamples(
            Map<String, ExampleLosses> outputs, boolean[] has, Map<String, Double> units) {
        int examples = examples(outputs);
        double[] scores = new double[examples];
        for (int i = 0; i < examples; i++) {
            double own = 0;
            int labelled = 0;
            for (Map.Entry<String, ExampleLosses> output : outputs.entrySet()) {
                ExampleLosses losses = output.getValue();
                if (losses.counts(i) && (has == null || has[i])) {
                    double loss = losses.loss(i);
                    own += Math.exp(loss == 0 ? 0 : -loss / units.get(output.getKey()));
                    labelled++;
                }
            }
            scores[i] = labelled > 0 ? own / labelled : NONE;
        }
        return scores;
    }
}
