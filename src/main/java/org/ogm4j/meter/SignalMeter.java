package org.ogm4j.meter;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.ModalityStep.Signals;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.score.Edge;
import org.ogm4j.score.UnimodalErrors;
import org.ogm4j.tokens.InnerProduct;

/**
 * How large the error signals of a step are, and how well they agree. Signals at several gates that
 * one vertex feeds are added up, as its own error signal is; those of several vertices lie side by
 * side.
 */
public final class SignalMeter {

    private final ModulationPlan plan;
    private final Map<String, List<String>> sources;
    private final Map<String, double[]> counted = new HashMap<>();
    private final Map<String, Map<String, double[]>> products = new HashMap<>();
    private final Map<String, INDArray> joints = new HashMap<>();
    private final Map<String, INDArray> owns = new HashMap<>();
    private boolean on;

    /**
     * For a network.
     *
     * @param sources by vertex what feeds it
     */
    public SignalMeter(ModulationPlan plan, Map<String, List<String>> sources) {
        this.plan = plan;
        this.sources = sources;
    }

    /**
     * Begins a step.
     *
     * @param counts for each modality 1 for each example that counts, else 0; null if nothing is to
     *     be measured
     */
    public void begin(double[][] counts) {
        List.of(counted, products, joints, owns).forEach(Map::clear);
        on = counts != null;
        for (int u = 0; counts != null && u < counts.length; u++) {
            counted.put(plan.modalities().get(u).name(), counts[u]);
        }
    }

    /** Whether anything is to be measured in this step. */
    public boolean isOn() {
        return on;
    }

    /** Whether signals of a modality are to be measured in this step. */
    public boolean measures(String modality) {
        return counted.containsKey(modality);
    }

    /**
     * What to multiply the rows of examples with before they are measured.
     *
     * @return 1 or 0 for each example; null if all count
     */
    public double[] weights(String modality) {
        double[] own = counted.get(modality);
        return Arrays.stream(own).allMatch(each -> each == 1) ? null : own;
    }

    /** Leaves a modality out of this step. */
    public void leave(String modality) {
        counted.remove(modality);
    }

    /**
     * Measures what reaches an edge.
     *
     * @param joint e_j, with rows of 0 for examples that do not count
     * @param own e_u likewise; null for 0
     */
    public void add(String modality, Edge edge, INDArray joint, INDArray own) {
        String source = sources.get(edge.vertex()).get(edge.input());
        int readers = 0;
        for (String gate : plan.gates()) {
            readers += Collections.frequency(sources.get(gate), source);
        }
        INDArray j = readers == 1 ? joint : sum(joints, source, joint);
        INDArray u = readers == 1 ? own : sum(owns, source, own);
        products.computeIfAbsent(modality, name -> new HashMap<>())
                .put(source, InnerProduct.gram(j, u));
    }

    private static INDArray sum(Map<String, INDArray> sums, String source, INDArray next) {
        if (next != null) {
            INDArray before = sums.get(source);
            INDArray sum = before == null ? next.dup() : UnimodalErrors.sum(before, next);
            sums.put(source, sum.detach());
        }
        return sums.get(source);
    }

    /** What has been measured of a modality so far in this step. */
    public Signals of(ModalityPlan modality) {
        if (!measures(modality.name()) || !products.containsKey(modality.name())) {
            return Signals.NONE;
        }
        double joint = 0;
        double own = 0;
        double both = 0;
        for (double[] each : products.get(modality.name()).values()) {
            joint += each[0];
            own += each[1];
            both += each[2];
        }
        double m = Arrays.stream(counted.get(modality.name())).sum();
        double cosine = both / (Math.sqrt(joint) * Math.sqrt(own));
        return new Signals(
                Math.sqrt(joint / m),
                modality.signal().active() ? Math.sqrt(own / m) : Double.NaN,
                Math.max(-1, Math.min(1, cosine)));
    }
}
