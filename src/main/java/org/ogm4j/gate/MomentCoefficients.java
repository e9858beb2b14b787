package org.ogm4j.gate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.CoefficientRule;
import org.ogm4j.Modulation;
import org.ogm4j.host.KeepsFeatures;
import org.ogm4j.math.DiscrepancyRatio;
import org.ogm4j.math.HeadRows;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.score.ClassCounts;
import org.ogm4j.score.FeatureSlice;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.Truth;
import org.ogm4j.updater.BlockUpdaters;

/** The factors p on the first moments of the Adam variant. */
final class MomentCoefficients {

    private MomentCoefficients() {}

    /**
     * Computes p of each modality: the rule, on the discrepancy ratio of
     *
     * <pre>{@code
     * q^u = sum_i || eta [dL/dW^u]_{., y_i} ||_2 / sqrt(mean_j || phi_j^u ||_2^2)
     * }</pre>
     *
     * with the gradient and the features of the step before and the labels of this batch; without
     * the divisor where the literal norm was asked for. A modality that does not lead is not
     * slowed. Where examples lack a modality, a pair is compared on the labels of those that have
     * both.
     *
     * @param has for each modality whether each example has it; null where all have it
     * @param step whose ratios say who leads
     * @return p by modality; 1 where a gradient is not known yet, or that of another modality is 0
     */
    static Map<String, Double> of(
            ModulationPlan plan,
            BlockUpdaters updaters,
            Map<String, Truth> truths,
            boolean[][] has,
            Modulation step,
            BatchLog log) {
        List<ModalityPlan> modalities = plan.modalities();
        int size = modalities.size();
        double[][] pulls = new double[size][size];
        boolean[][] comparable = new boolean[size][size];
        for (int u = 0; u < size; u++) {
            for (int v = 0; v < size; v++) {
                boolean[] both = both(has[u], has[v]);
                comparable[u][v] = both == null || contains(both);
                pulls[u][v] = u == v ? 0 : pull(modalities.get(u), updaters, truths, both);
            }
        }
        CoefficientRule rule = (CoefficientRule) plan.rule(); // or the plan has no p
        double[] ratios = DiscrepancyRatio.of(pulls, comparable);
        Map<String, Double> coefficients = new HashMap<>();
        for (int u = 0; u < ratios.length; u++) {
            String name = modalities.get(u).name();
            double p = Double.isFinite(ratios[u]) ? rule.coefficient(ratios[u]) : 1;
            boolean leads = step.modalities().get(name).ratio() > 1;
            if (!leads && p < 1) {
                log.keepFirstMoment(name, p);
            }
            coefficients.put(name, Double.isFinite(p) && (leads || p > 1) ? p : 1);
        }
        return coefficients;
    }

    /** Whether each example has two modalities; null if all have. */
    private static boolean[] both(boolean[] u, boolean[] v) {
        if (u == null || v == null) {
            return u == null ? v : u;
        }
        boolean[] both = new boolean[u.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = u[i] && v[i];
        }
        return both;
    }

    private static boolean contains(boolean[] examples) {
        for (boolean example : examples) {
            if (example) {
                return true;
            }
        }
        return false;
    }

    private static double pull(
            ModalityPlan modality,
            BlockUpdaters updaters,
            Map<String, Truth> truths,
            boolean[] among) {
        double sum = 0;
        for (HeadReadout readout : heads(modality)) {
            double[] columns = updaters.columns(readout.head(), modality.name());
            Truth truth = truths.get(readout.output());
            if (columns == null || truth == null) {
                return Double.NaN;
            }
            double[] counts = ClassCounts.of(truth, columns.length, among);
            if (counts.length != columns.length) {
                return Double.NaN;
            }
            for (int c = 0; c < columns.length; c++) {
                sum += counts[c] * columns[c];
            }
        }
        return sum;
    }

    /** A plan has momentCoefficient only where all scores are read from heads. */
    private static List<HeadReadout> heads(ModalityPlan modality) {
        return modality.readouts().stream().map(HeadReadout.class::cast).toList();
    }

    /** For each head and each modality that it reads, the rows of its weights. */
    static Map<String, Map<String, HeadRows>> rows(
            ComputationGraph graph, ModulationPlan plan, Map<String, Truth> truths) {
        Map<String, Map<String, HeadRows>> rows = new HashMap<>();
        for (ModalityPlan modality : plan.modalities()) {
            for (HeadReadout readout : heads(modality)) {
                rows.computeIfAbsent(readout.head(), head -> new HashMap<>())
                        .put(
                                modality.name(),
                                readout.rows(graph).reading(length(graph, readout, truths)));
            }
        }
        return rows;
    }

    /**
     * {@code sqrt(mean_i || phi_i^u ||_2^2)}: the gradient {@code mean_i phi_i d_i} grows with it.
     */
    private static double length(
            ComputationGraph graph, HeadReadout readout, Map<String, Truth> truths) {
        double squares = 0;
        for (FeatureSlice slice : readout.slices()) {
            if (slice.own()) {
                INDArray features = entered(graph.getVertex(slice.vertex()), slice.input());
                squares += ClassCounts.meanSquare(truths.get(readout.output()), features);
            }
        }
        return Math.sqrt(squares);
    }

    /** The features that the gradient is of: what is left of them where some are dropped. */
    private static INDArray entered(GraphVertex vertex, int input) {
        return vertex instanceof HasGate gated
                ? gated.gate().entered(input)
                : KeepsFeatures.of(vertex, input);
    }
}
