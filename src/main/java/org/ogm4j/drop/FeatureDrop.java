package org.ogm4j.drop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.ModalityStep;
import org.ogm4j.Modulation;
import org.ogm4j.host.KeepsFeatures;
import org.ogm4j.math.CounterUniform;
import org.ogm4j.plan.DropRates;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.plan.TrainingState;
import org.ogm4j.presence.Presence;
import org.ogm4j.score.Edge;

/**
 * Features that are dropped in a step of a running network. All of it follows from the plan, the
 * state and the step, so that every gate, and every pass through the same step, does the same.
 *
 * @param graph the network
 * @param plan what it was modulated with
 * @param state what training keeps
 */
public record FeatureDrop(ComputationGraph graph, ModulationPlan plan, TrainingState state) {

    /** Of the streams of a step: far from those of the noise. */
    private static final long BATCHES = 1L << 40;

    private static final long EXAMPLES = BATCHES + 1;

    /**
     * The rates of the present step.
     *
     * @return null if nothing is dropped: outside the window, where the step before had no ratio,
     *     where no modality leads, and in the batches that are left alone
     */
    public DropRates rates() {
        if (plan.drop() == null || !plan.actsIn(graph.getEpochCount())) {
            return null;
        }
        DropRates rates = state.dropIn(graph.getIterationCount());
        if (rates == null || rates.theta() == 0) {
            return null;
        }
        double probability = plan.drop().modulation().probability();
        return draw(BATCHES, 1)[0] <= probability ? rates : null;
    }

    /**
     * What to multiply the features of each example with.
     *
     * <p>The modality with the lowest score has rate 0, so an example that has all modalities keeps
     * something. One that lacks some, and would lose all that it has, keeps it.
     *
     * @param rates of the present step
     * @param modality one of the plan
     * @return for each example 0 if its features are dropped, else {@code 1 / (1 - theta)}
     */
    public double[] factors(DropRates rates, String modality) {
        int u = 0;
        while (!plan.modalities().get(u).name().equals(modality)) {
            u++;
        }
        boolean[] dropped = dropped(rates, u);
        boolean[] left = somethingIsLeft(rates);
        double[] factors = new double[dropped.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = dropped[i] && (left == null || left[i]) ? 0 : 1 / (1 - rates.theta());
        }
        return factors;
    }

    /** For each example; null where all have all modalities, so that there always is. */
    private boolean[] somethingIsLeft(DropRates rates) {
        boolean[][] has = Presence.of(graph, plan.presence());
        if (Arrays.stream(has).allMatch(Objects::isNull)) {
            return null;
        }
        boolean[] left = new boolean[graph.batchSize()];
        for (int v = 0; v < has.length; v++) {
            boolean[] dropped = dropped(rates, v);
            for (int i = 0; i < left.length; i++) {
                left[i] |= !dropped[i] && (has[v] == null || has[v][i]);
            }
        }
        return left;
    }

    /** What the draw says of each example. */
    private boolean[] dropped(DropRates rates, int u) {
        double[] uniform = draw(EXAMPLES + u, graph.batchSize());
        boolean[] dropped = new boolean[uniform.length];
        for (int i = 0; i < dropped.length; i++) {
            dropped[i] = uniform[i] <= rates.rates().get(u);
        }
        return dropped;
    }

    private double[] draw(long stream, int count) {
        return CounterUniform.draw(plan.seed(), graph.getIterationCount(), stream, count);
    }

    /**
     * Keeps the rates that follow from the present step for the next one.
     *
     * @param ratios the step with its ratios, after a forward pass whose features are still held;
     *     null if it has none
     */
    public void hold(Modulation ratios) {
        if (plan.drop() != null) {
            state.hold(after(graph.getIterationCount(), ratios));
        }
    }

    private DropRates after(int iteration, Modulation ratios) {
        if (ratios == null) {
            return new DropRates(iteration, List.of(), 0);
        }
        List<Double> rates = new ArrayList<>();
        double dropped = 0;
        double all = 0;
        for (Map.Entry<String, ModalityStep> modality : ratios.modalities().entrySet()) {
            double rate = plan.drop().modulation().dropRate(modality.getValue().ratio());
            long width = width(plan.drop().edges().get(modality.getKey()));
            rates.add(rate);
            dropped += width * rate;
            all += width;
        }
        return new DropRates(iteration, rates, dropped / all);
    }

    /** How many numbers the features of the batch are; those that enter twice count once. */
    private long width(List<Edge> edges) {
        Set<String> sources = new HashSet<>();
        long width = 0;
        for (Edge edge : edges) {
            List<String> inputs = graph.getConfiguration().getVertexInputs().get(edge.vertex());
            if (sources.add(inputs.get(edge.input()))) {
                width += KeepsFeatures.of(graph.getVertex(edge.vertex()), edge.input()).length();
            }
        }
        return width;
    }
}
