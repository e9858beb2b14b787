package org.ogm4j.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ogm4j.BalanceRule.Measures;
import org.ogm4j.math.DiscrepancyRatio;

/**
 * The scores of a step and how they compare. Where examples lack a modality, a pair of modalities
 * is compared on the examples that have both.
 */
public final class StepScores {

    private final List<Measures> measures;
    private final double[] ratios;
    private final boolean[] compared; // null: all
    private final double[] losses; // null: scores are held
    private final double[][] examples; // null: scores are held

    private StepScores(
            List<Measures> measures,
            double[] ratios,
            boolean[] compared,
            double[] losses,
            double[][] examples) {
        this.measures = List.copyOf(measures);
        this.ratios = ratios;
        this.compared = compared;
        this.losses = losses;
        this.examples = examples;
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
        int size = examples.length;
        double[] losses = new double[size];
        List<Measures> measures = new ArrayList<>();
        for (int u = 0; u < size; u++) {
            measures.add(BatchScores.measures(examples[u], modalities.get(u), has[u]));
            losses[u] = BatchScores.loss(modalities.get(u), has[u]);
        }
        boolean allHaveAll = true;
        for (boolean[] own : has) {
            allHaveAll &= own == null;
        }
        if (allHaveAll) {
            return new StepScores(measures, ratios(measures), null, losses, examples);
        }
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
        double[] ratios = DiscrepancyRatio.of(pairs, comparable);
        return new StepScores(measures, ratios, compared, losses, examples);
    }

    /** What the scores of one batch come from: losses by output, and who has which modality. */
    public static final class Batch {
        private final List<Map<String, ExampleLosses>> modalities;
        private final boolean[][] has;
        private final int examples;

        /**
         * As in {@link StepScores#of(List, boolean[][])}.
         *
         * @param examples the number of examples
         */
        public Batch(List<Map<String, ExampleLosses>> modalities, boolean[][] has, int examples) {
            this.modalities = modalities;
            this.has = has;
            this.examples = examples;
        }
    }

    /**
     * The scores of one big batch of several.
     *
     * @param batches in the order in which they make the big one
     * @param own one of them, whose examples {@link #counted} is of
     */
    public static StepScores of(List<Batch> batches, Batch own) {
        if (batches.size() == 1) {
            return of(own.modalities, own.has);
        }
        List<Integer> sizes = batches.stream().map(batch -> batch.examples).toList();
        List<Map<String, ExampleLosses>> modalities = new ArrayList<>();
        boolean[][] has = new boolean[own.has.length][];
        for (int u = 0; u < has.length; u++) {
            int modality = u;
            Set<String> outputs = new LinkedHashSet<>();
            batches.forEach(batch -> outputs.addAll(batch.modalities.get(modality).keySet()));
            Map<String, ExampleLosses> losses = new LinkedHashMap<>();
            for (String output : outputs) {
                List<ExampleLosses> parts = new ArrayList<>();
                batches.forEach(batch -> parts.add(batch.modalities.get(modality).get(output)));
                losses.put(output, ExampleLosses.joined(parts, sizes));
            }
            modalities.add(losses);
            has[u] = joined(batches, u);
        }
        StepScores all = of(modalities, has);
        int from = sizes.subList(0, batches.indexOf(own)).stream().mapToInt(size -> size).sum();
        double[][] examples =
                Arrays.stream(all.examples)
                        .map(scores -> Arrays.copyOfRange(scores, from, from + own.examples))
                        .toArray(double[][]::new);
        return new StepScores(all.measures, all.ratios, all.compared, all.losses, examples);
    }

    /** Which examples have a modality; null where all have it. */
    private static boolean[] joined(List<Batch> batches, int modality) {
        if (batches.stream().allMatch(batch -> batch.has[modality] == null)) {
            return null;
        }
        boolean[] all = new boolean[batches.stream().mapToInt(batch -> batch.examples).sum()];
        int from = 0;
        for (Batch batch : batches) {
            for (int i = 0; i < batch.examples; i++) {
                all[from++] = batch.has[modality] == null || batch.has[modality][i];
            }
        }
        return all;
    }

    /**
     * What was held for later steps.
     *
     * @param measures of every modality
     * @param ratios of every modality; empty: they follow from the scores
     * @return the same as of the step that they are from
     */
    public static StepScores held(List<Measures> measures, double[] ratios) {
        double[] all = ratios.length == 0 ? ratios(measures) : ratios;
        return new StepScores(measures, all, null, null, null);
    }

    private static double[] ratios(List<Measures> measures) {
        return DiscrepancyRatio.of(measures.stream().mapToDouble(Measures::score).toArray());
    }

    /** What was measured of all modalities, as it is held. */
    public List<Measures> measures() {
        return measures;
    }

    /** The ratios of all modalities, as they are held: empty where they follow from the scores. */
    public double[] ratios() {
        return compared == null ? new double[0] : ratios.clone();
    }

    /** Whether every modality has a score, and a ratio that does not follow from the scores. */
    public boolean canBeHeld() {
        return measures.stream().noneMatch(own -> Double.isNaN(own.score()))
                && Arrays.stream(ratios()).noneMatch(Double::isNaN);
    }

    /**
     * The score of a modality.
     *
     * @param modality its number
     * @return the mean over the examples that count; NaN if there is none
     */
    public double score(int modality) {
        return measures.get(modality).score();
    }

    /**
     * The loss of a modality's own logits.
     *
     * @param modality its number
     * @return the mean over the examples that count; NaN if there is none, and of held scores
     */
    public double loss(int modality) {
        return losses == null ? Double.NaN : losses[modality];
    }

    /**
     * The examples that count for each modality.
     *
     * @return 1 for an example with the modality and a label, else 0; null of held scores
     */
    public double[][] counted() {
        return examples == null
                ? null
                : Arrays.stream(examples).map(BatchScores::counted).toArray(double[][]::new);
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
