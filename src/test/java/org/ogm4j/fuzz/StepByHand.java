package org.ogm4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.testing.Gradients;

/**
 * The first step of a network a second time: its scores by {@link HandScores}, and its gradients,
 * which are the plain network's times k in each encoder.
 */
final class StepByHand {

    private final ComputationGraph graph;
    private final ComputationGraphConfiguration conf;
    private final ModulationPlan plan;
    private final MultiDataSet batch;
    private final MultiDataSet read;

    /**
     * Of a network without dropout and noise.
     *
     * @param batch with features of 0 where an example lacks a modality
     * @param read the same as the network reads it
     */
    StepByHand(ComputationGraph graph, MultiDataSet batch, MultiDataSet read) {
        this.graph = graph;
        conf = graph.getConfiguration();
        plan = Rewrite.planOf(conf).orElseThrow();
        this.batch = batch;
        this.read = read;
    }

    /**
     * Trains a step, without an update, and compares what can be compared.
     *
     * @param zeros whether the features of the first modality are 0 in the first example
     * @return what was compared
     */
    List<String> check(boolean zeros) {
        List<String> compared = new ArrayList<>();
        boolean scores = HandScores.canCheck(conf, batch);
        boolean gradients = gradientsAreThosePlain() && !zeros;
        if (!scores && !gradients) {
            return compared;
        }
        HandScores hand = scores ? new HandScores(graph, batch) : null;
        ComputationGraph plain = gradients ? ModulatedOptimizer.strip(graph) : null;
        Map<String, INDArray> own = Gradients.of(graph, read);
        Modulation step = ModulatedOptimizer.lastModulation(graph).orElseThrow();
        if (scores) {
            hand.check(step.modalities(), zeros && lacksCount());
            compared.add("scoresByHand");
        }
        if (gradients) {
            compare(Gradients.of(plain, batch), own, step);
            compared.add("gradientsByHand");
        }
        return compared;
    }

    /** Whether the first modality says that an example lacks it by zeros or NaN. */
    private boolean lacksCount() {
        return plan.modalities().get(0).presence() != null
                && !plan.modalities().get(0).presence().missing().toString().contains("masks");
    }

    /** Whether encoders learn from the joint loss alone, and what is shared is not modulated. */
    private boolean gradientsAreThosePlain() {
        return conf.getDataType() == DataType.DOUBLE
                && Rewrite.gatesOf(conf).values().stream().allMatch(gate -> gate.tokens() == null)
                && plan.modalities().stream()
                        .allMatch(
                                own ->
                                        own.signal().equals(UnimodalSignal.none())
                                                && own.distillation() == null);
    }

    private void compare(Map<String, INDArray> plain, Map<String, INDArray> own, Modulation step) {
        Map<String, Double> factors = factors(step);
        plain.forEach(
                (name, gradient) -> {
                    int at = name.lastIndexOf('_');
                    double k = factors.getOrDefault(name.substring(0, at), 1.0);
                    if (!List.of("_mean", "_var", "_log10stdev")
                            .contains(name.substring(at))) { // no gradients
                        INDArray expected = gradient.mul(k);
                        double size = expected.norm2Number().doubleValue();
                        double off = own.get(name).sub(expected).norm2Number().doubleValue();
                        assertEquals(0, off, 1e-9 * size + 1e-13, name + " times " + k);
                    }
                });
    }

    /** k by vertex of an encoder, where it acts on the error signal. */
    private Map<String, Double> factors(Modulation step) {
        Map<String, Double> factors = new LinkedHashMap<>();
        Rewrite.gatesOf(conf)
                .forEach(
                        (vertex, gate) -> {
                            List<String> from = conf.getVertexInputs().get(vertex);
                            for (int i = 0; i < from.size(); i++) {
                                if (gate.modalities().get(i) != null) {
                                    double k = k(gate.modalities().get(i), step);
                                    addUpstream(from.get(i), k, factors);
                                }
                            }
                        });
        return factors;
    }

    private double k(String modality, Modulation step) {
        ModalityPlan own =
                plan.modalities().stream()
                        .filter(each -> each.name().equals(modality))
                        .findFirst()
                        .orElseThrow();
        ModalityStep ofThis = step.modalities().get(modality);
        return own.inUpdaters() || step.refusedBatches() > 0 ? 1 : ofThis.coefficient();
    }

    private void addUpstream(String vertex, double k, Map<String, Double> factors) {
        factors.put(vertex, k);
        conf.getVertexInputs()
                .getOrDefault(vertex, List.of())
                .forEach(source -> addUpstream(source, k, factors));
    }
}
