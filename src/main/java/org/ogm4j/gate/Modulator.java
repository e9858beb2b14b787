package org.ogm4j.gate;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.ogm4j.Modulation;
import org.ogm4j.drop.FeatureDrop;
import org.ogm4j.meter.SignalMeter;
import org.ogm4j.plan.DropRates;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.presence.Presence;
import org.ogm4j.presence.PresencePlan;
import org.ogm4j.score.Readout;
import org.ogm4j.score.StepScores;
import org.ogm4j.score.Truth;
import org.ogm4j.updater.BlockUpdaters;

/**
 * What the gates of one running network share: the first gate that a backward pass reaches has it
 * compute the step, for all of them.
 */
public final class Modulator {

    private final ComputationGraph graph;
    private final ModulationPlan plan;
    private final List<Readout> readouts;
    private final List<PresencePlan> presence;
    private final boolean actsInUpdaters;
    private final ModalityScores scores;
    private final UnimodalSignals signals;
    private final SignalMeter meter;
    private final FeatureDrop drop;
    private final BatchLog log;
    private final Set<String> passedGates = new HashSet<>();
    private SignalFactors factors;
    private volatile Modulation last;

    private Modulator(ComputationGraph graph, ModulationPlan plan) {
        this.graph = graph;
        this.plan = plan;
        readouts = plan.readouts();
        presence = plan.presence();
        actsInUpdaters = plan.modalities().stream().anyMatch(ModalityPlan::inUpdaters);
        EditChecks.check(graph, plan);
        HasGate first = (HasGate) graph.getVertex(plan.gates().get(0));
        scores = new ModalityScores(graph, plan, first.gate().state());
        drop = new FeatureDrop(graph, plan, first.gate().state());
        signals = new UnimodalSignals(graph, plan);
        meter = new SignalMeter(plan, graph.getConfiguration().getVertexInputs());
        log = new BatchLog(graph);
    }

    /** The modulator that the gates of a network have, or a new one if none has one yet. */
    static Modulator sharedBy(ComputationGraph graph, ModulationPlan plan) {
        Modulator existing = of(graph);
        return existing != null ? existing : new Modulator(graph, plan);
    }

    /**
     * The modulator of a network.
     *
     * @param graph a network
     * @return null if it has not trained yet or is not modulated
     */
    public static Modulator of(ComputationGraph graph) {
        if (graph.getVertices() == null) {
            return null; // before init()
        }
        for (GraphVertex vertex : graph.getVertices()) {
            if (vertex instanceof HasGate gated && gated.gate().modulatorIfAny() != null) {
                return gated.gate().modulatorIfAny();
            }
        }
        return null;
    }

    /**
     * What happened in the latest step inside the window.
     *
     * @return null if there was none
     */
    public Modulation last() {
        return last;
    }

    /**
     * What a network was modulated with.
     *
     * @param graph a network
     * @return null if it is not modulated, or not initialised
     */
    public static ModulationPlan planOf(ComputationGraph graph) {
        if (graph.getVertices() != null) {
            for (GraphVertex vertex : graph.getVertices()) {
                if (vertex instanceof HasGate gated) {
                    return gated.gate().plan();
                }
            }
        }
        return null;
    }

    /** What the modalities' own losses say in the present step. */
    UnimodalSignals signals() {
        return signals;
    }

    /** What measures signals in the present step. */
    SignalMeter meter() {
        return meter;
    }

    /** Reports what has been measured so far. */
    void measured() {
        if (meter.isOn()) {
            last = Coefficients.with(last, plan, meter);
        }
    }

    BatchLog log() {
        return log;
    }

    /**
     * The factors for a gate that the backward pass has reached.
     *
     * @param vertex the vertex with the gate
     * @return null if the batch is not to be modulated
     */
    SignalFactors factorsFor(String vertex) {
        if (!plan.actsIn(graph.getEpochCount())) {
            if (actsInUpdaters) {
                BlockUpdaters.of(graph); // moments of the gradient are kept outside the window too
            }
            return null;
        }
        // A backward pass reaches every gate once: one that comes again belongs to the next pass.
        if (passedGates.contains(vertex)) {
            passedGates.clear();
        }
        if (passedGates.isEmpty()) {
            factors = step();
        }
        passedGates.add(vertex);
        return factors;
    }

    /** Leaves the rest of this backward pass, and the updaters in this step, as they are. */
    void giveUp(String reason) {
        log.skip(reason);
        meter.begin(null);
        last = Coefficients.with(Coefficients.with(last, plan, meter), log.skipped());
        factors = null;
        if (actsInUpdaters) {
            BlockUpdaters.of(graph).hand(Map.of(), Map.of(), Map.of());
        }
    }

    /** Scores, coefficients, factors; null if the batch is not to be modulated. */
    private SignalFactors step() {
        Map<String, Truth> truths = Truth.of(graph, readouts);
        boolean[][] has = Presence.of(graph, presence);
        StepScores found = scores.ofThisStep(truths, has);
        boolean modulated = false;
        if (found == null) {
            log.noLabels();
        } else {
            last = Coefficients.ratios(graph, plan, found);
            String problem = scores.problem(found);
            problem = problem == null ? Coefficients.problem(last, found) : problem;
            problem = problem == null ? Presence.problemOfInputs(graph, presence) : problem;
            problem = problem == null ? signals.compute(truths) : problem;
            modulated = problem == null;
            if (modulated) {
                last = Coefficients.with(last, plan, found, scores.means(found));
                scores.count(found);
            } else {
                log.skip(problem + ", " + last.modalities());
            }
            DropRates dropped = drop.rates();
            last = dropped == null ? last : Coefficients.with(last, dropped);
            last = Coefficients.with(last, log.skipped());
        }
        boolean watched = modulated && !graph.getListeners().isEmpty();
        meter.begin(watched ? found.counted() : null);
        drop.hold(modulated ? last : null);
        Map<String, Double> coefficients = modulated ? Coefficients.byName(last) : Map.of();
        if (actsInUpdaters) {
            handToUpdaters(coefficients, truths, has);
        }
        return modulated ? SignalFactors.of(graph, plan, coefficients, has) : null;
    }

    private void handToUpdaters(
            Map<String, Double> coefficients, Map<String, Truth> truths, boolean[][] has) {
        BlockUpdaters updaters = BlockUpdaters.of(graph);
        if (plan.momentCoefficient() && !coefficients.isEmpty()) {
            Map<String, Double> p = MomentCoefficients.of(plan, updaters, truths, has, last, log);
            last = Coefficients.with(last, p);
            updaters.hand(coefficients, p, MomentCoefficients.rows(graph, plan, truths));
        } else {
            updaters.hand(coefficients, Map.of(), Map.of());
        }
    }
}
