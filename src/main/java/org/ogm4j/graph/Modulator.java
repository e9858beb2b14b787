package org.ogm4j.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModalityStep;
import org.ogm4j.Modulation;
import org.ogm4j.flow.TokenWeights;
import org.ogm4j.noise.CounterGaussian;
import org.ogm4j.noise.RowWeights;
import org.ogm4j.rule.DiscrepancyRatio;
import org.ogm4j.updater.UpdaterSteps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gates of one running network share: it works out the weights of each training step,
 * once.
 */
final class Modulator {

    private static final Logger LOG = LoggerFactory.getLogger(Modulator.class);

    private final ComputationGraph graph;
    private final ModulationPlan plan;
    private final ModalityScores modalityScores;
    private final Set<String> passedGates = new HashSet<>();
    private final Set<String> saidTokens = new HashSet<>();
    private StepWeights weights;
    private volatile Modulation last;
    private boolean saidNoLabels;
    private int epochOfSkips = -1;
    private long skipped;

    private Modulator(ComputationGraph graph, ModulationPlan plan) {
        this.graph = graph;
        this.plan = plan;
        EditChecks.check(graph, plan);
        Gated first = (Gated) graph.getVertex(plan.gates().get(0));
        modalityScores = new ModalityScores(graph, plan, first.gate().held());
    }

    /** The modulator that the gates of a network have, or a new one if none has one yet. */
    static Modulator sharedBy(ComputationGraph graph, ModulationPlan plan) {
        Modulator existing = of(graph);
        return existing != null ? existing : new Modulator(graph, plan);
    }

    /** The modulator of a network, null if it has not trained yet or is not modulated. */
    static Modulator of(ComputationGraph graph) {
        for (GraphVertex vertex : graph.getVertices()) {
            if (vertex instanceof Gated gated && gated.gate().modulatorIfAny() != null) {
                return gated.gate().modulatorIfAny();
            }
        }
        return null;
    }

    /** What happened in the latest modulated step, null if there was none. */
    Modulation last() {
        return last;
    }

    /**
     * The weights for a gate that the backward pass has reached.
     *
     * @param vertex the vertex behind the gate
     * @return the weights, or null if the batch is not to be modulated
     */
    StepWeights weightsFor(String vertex) {
        if (!plan.actsIn(graph.getEpochCount())) {
            if (actsInUpdaters()) {
                UpdaterSteps.of(graph); // moments of the gradient are kept outside the window too
            }
            return null;
        }
        // A backward pass reaches every gate once, so one that comes again belongs to the next
        // pass.
        if (passedGates.contains(vertex)) {
            passedGates.clear();
        }
        if (passedGates.isEmpty()) {
            Optional<Map<String, Double>> coefficients = workOut();
            if (actsInUpdaters()) {
                handToUpdaters(coefficients.orElse(Map.of()));
            }
            weights = coefficients.map(this::weightsOf).orElse(null);
        }
        passedGates.add(vertex);
        return weights;
    }

    /** How many tokens a vertex put out in the latest forward pass, from what its reader holds. */
    long tokensOf(String vertex) {
        for (Map.Entry<String, List<String>> reader :
                graph.getConfiguration().getVertexInputs().entrySet()) {
            int input = reader.getValue().indexOf(vertex);
            if (input >= 0) {
                INDArray held = graph.getVertex(reader.getKey()).getInputs()[input];
                return TokenWeights.count(held, graph.batchSize());
            }
        }
        return 0;
    }

    private boolean actsInUpdaters() {
        return plan.modalities().stream().anyMatch(ModalityPlan::inUpdaters);
    }

    private void handToUpdaters(Map<String, Double> coefficients) {
        UpdaterSteps steps = UpdaterSteps.of(graph);
        if (plan.momentCoefficient() && !coefficients.isEmpty()) {
            Map<String, Double> p = MomentCoefficients.of(graph, plan, steps);
            last = withMomentCoefficients(last, p);
            steps.hand(coefficients, p, MomentCoefficients.rows(graph, plan));
        } else {
            steps.hand(coefficients, Map.of(), Map.of());
        }
    }

    private static Modulation withMomentCoefficients(Modulation step, Map<String, Double> p) {
        Map<String, ModalityStep> modalities = new LinkedHashMap<>();
        step.modalities()
                .forEach(
                        (name, m) ->
                                modalities.put(
                                        name,
                                        new ModalityStep(
                                                m.score(),
                                                m.ratio(),
                                                m.coefficient(),
                                                p.get(name))));
        return new Modulation(
                step.iteration(), step.epoch(), Collections.unmodifiableMap(modalities));
    }

    /** Leaves the rest of this backward pass, and the updaters in this step, as they are. */
    void giveUp(String reason) {
        skip(reason);
        weights = null;
        if (actsInUpdaters()) {
            handToUpdaters(Map.of());
        }
    }

    /** Counts a batch that could not be modulated, and says so at the first of each epoch. */
    void skip(String reason) {
        skipped++;
        if (epochOfSkips != graph.getEpochCount()) {
            epochOfSkips = graph.getEpochCount();
            LOG.warn(
                    "Epoch {}, iteration {}: {}. The batch trains without modulation, as the plain"
                            + " network would; {} so far. Said once per epoch.",
                    epochOfSkips,
                    graph.getIterationCount(),
                    reason,
                    skipped);
        }
    }

    /** Says once of a trunk layer that its gradient stays as it is. */
    void leaveTrunkLayer(String vertex) {
        if (saidTokens.add(vertex)) {
            LOG.warn(
                    "Trunk layer \"{}\" puts out other tokens than its modalities have, as a kernel or a"
                            + " crop may do: its gradient stays as it is, the encoders are modulated. Said once.",
                    vertex);
        }
    }

    /** The coefficient of each modality, none if the batch is not to be modulated. */
    private Optional<Map<String, Double>> workOut() {
        Optional<double[]> found = modalityScores.ofThisStep();
        if (found.isEmpty()) {
            sayNoLabels();
            return Optional.empty();
        }
        double[] scores = found.get();
        double[] ratios = DiscrepancyRatio.of(scores);
        String problem =
                Arrays.stream(ratios).anyMatch(Double::isNaN)
                        ? "the scores of the modalities cannot be compared"
                        : Finite.problemOfInputs(graph);
        Map<String, Double> coefficients = new HashMap<>();
        Map<String, ModalityStep> steps = new LinkedHashMap<>();
        for (int u = 0; u < scores.length; u++) {
            String name = plan.modalities().get(u).name();
            double k = problem == null ? coefficient(name, ratios[u]) : 1;
            coefficients.put(name, k);
            steps.put(name, new ModalityStep(scores[u], ratios[u], k, 1));
        }
        last =
                new Modulation(
                        graph.getIterationCount(),
                        graph.getEpochCount(),
                        Collections.unmodifiableMap(steps));
        if (problem != null) {
            skip(problem + ", " + steps);
            return Optional.empty();
        }
        return Optional.of(coefficients);
    }

    /** The weights on the error signals of those modalities whose coefficient acts there. */
    private StepWeights weightsOf(Map<String, Double> coefficients) {
        Map<String, Double> onSignal = new HashMap<>(coefficients);
        for (ModalityPlan modality : plan.modalities()) {
            if (modality.inUpdaters()) {
                onSignal.remove(modality.name());
            }
        }
        return new StepWeights(onSignal, coefficients, rowWeights(onSignal));
    }

    private double coefficient(String modality, double ratio) {
        double k = plan.rule().coefficient(ratio);
        if (!(k >= 0 && k < Double.POSITIVE_INFINITY)) {
            throw new IllegalStateException(
                    "coefficient of modality \"%s\" must be at least 0 and finite, got %s from the rule %s at ratio %s"
                            .formatted(modality, k, plan.rule(), ratio));
        }
        return k;
    }

    /** With noise: the weight of every example, from the stream of this seed, step and modality. */
    private Map<String, double[]> rowWeights(Map<String, Double> coefficients) {
        GradientNoise noise = plan.noise();
        if (!noise.active()) {
            return Map.of();
        }
        Map<String, double[]> rows = new HashMap<>();
        for (int u = 0; u < plan.modalities().size(); u++) {
            Double k = coefficients.get(plan.modalities().get(u).name());
            if (k != null) {
                double[] z =
                        CounterGaussian.draw(
                                plan.seed(), graph.getIterationCount(), u, graph.batchSize());
                rows.put(plan.modalities().get(u).name(), RowWeights.of(k, noise.scale(), z));
            }
        }
        return rows;
    }

    private void sayNoLabels() {
        if (!saidNoLabels) {
            saidNoLabels = true;
            LOG.warn(
                    "The network trains without labels (external errors or pretraining): modulation needs labels and "
                            + "leaves the gradients as they are.");
        }
    }
}
