package org.ogm4j.score;

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

    private BatchScores() {}

    /**
     * The score of every modality.
     *
     * @param modalities for each its losses by output, without outputs that have no labels
     * @return the mean over the examples that count; NaN for a modality without any
     */
    public static double[] of(List<Map<String, ExampleLosses>> modalities) {
        return measures(modalities).stream().mapToDouble(Measures::score).toArray();
    }

    /**
     * The score of every modality and what goes with it.
     *
     * @param modalities for each its losses by output, without outputs that have no labels
     * @return means over the examples that count; NaN for a modality without any, and for an
     *     entropy that no output has
     */
    public static List<Measures> measures(List<Map<String, ExampleLosses>> modalities) {
        Map<String, Double> units = units(modalities);
        return modalities.stream().map(losses -> mean(losses, units)).toList();
    }

    /** tau of every output, 1 where none is wanted. */
    private static Map<String, Double> units(List<Map<String, ExampleLosses>> modalities) {
        Map<String, double[]> sums = new HashMap<>();
        for (Map<String, ExampleLosses> outputs : modalities) {
            for (Map.Entry<String, ExampleLosses> output : outputs.entrySet()) {
                double[] sum = sums.computeIfAbsent(output.getKey(), name -> new double[2]);
                ExampleLosses losses = output.getValue();
                for (int i = 0; i < losses.examples(); i++) {
                    if (losses.counts(i)) {
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

    private static Measures mean(Map<String, ExampleLosses> outputs, Map<String, Double> units) {
        int examples = outputs.values().stream().mapToInt(ExampleLosses::examples).max().orElse(0);
        double sum = 0;
        double logs = 0;
        int count = 0;
        for (int i = 0; i < examples; i++) {
            double own = 0;
            int labelled = 0;
            for (Map.Entry<String, ExampleLosses> output : outputs.entrySet()) {
                ExampleLosses losses = output.getValue();
                if (losses.counts(i)) {
                    double loss = losses.loss(i);
                    own += Math.exp(loss == 0 ? 0 : -loss / units.get(output.getKey()));
                    labelled++;
                }
            }
            if (labelled > 0) {
                double score = own / labelled;
                sum += score;
                logs += Math.log(Math.max(score, LEAST));
                count++;
            }
        }
        return new Measures(sum / count, logs / count, entropy(outputs));
    }

    private static double entropy(Map<String, ExampleLosses> outputs) {
        double sum = 0;
        int count = 0;
        for (ExampleLosses losses : outputs.values()) {
            if (!Double.isNaN(losses.entropy())) {
                sum += losses.entropy();
                count++;
            }
        }
        return sum / count;
    }
}
