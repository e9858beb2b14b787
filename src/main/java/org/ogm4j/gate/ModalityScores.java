package org.ogm4j.gate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.BalanceRule.Measures;
import org.ogm4j.BalanceRule.Need;
import org.ogm4j.CoefficientRule;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.plan.TrainingState;
import org.ogm4j.score.BatchScores;
import org.ogm4j.score.ExampleLosses;
import org.ogm4j.score.Truth;
import org.ogm4j.score.UnimodalLosses;
import org.ogm4j.zeroout.ZeroOut;

/** The scores of all modalities, and what goes with them, in a running network step by step. */
final class ModalityScores {

    private final ComputationGraph graph;
    private final ModulationPlan plan;
    private final TrainingState state;
    private final Set<Need> needs;
    private ZeroOut zeroOut;
    private boolean fresh;

    /**
     * Starts with the scores that the network was saved with.
     *
     * @param state where the latest scores are kept
     */
    ModalityScores(ComputationGraph graph, ModulationPlan plan, TrainingState state) {
        this.graph = graph;
        this.plan = plan;
        this.state = state;
        needs = plan.rule().needs();
    }

    /**
     * What every modality's logits say in the present step, in the order of the plan.
     *
     * @param truths the labels of the batch, by output
     * @return null if the batch has no labels; NaN for a modality without a labelled example
     */
    List<Measures> ofThisStep(Map<String, Truth> truths) {
        int step = graph.getIterationCount();
        List<Measures> measures = state.held(step, plan.scoreEvery());
        fresh = measures == null;
        if (fresh) {
            measures = compute(truths);
            if (plan.scoreEvery() > 1 && measures != null && problem(measures) == null) {
                state.hold(step, measures, !(plan.rule() instanceof CoefficientRule));
            }
        }
        return measures;
    }

    /** The running means, if the rule needs them; of what was measured now if there are none. */
    List<Measures> means(List<Measures> now) {
        if (!needs.contains(Need.MEANS)) {
            return Collections.nCopies(now.size(), Measures.NONE);
        }
        List<Measures> means = state.means(graph.getIterationCount());
        return means.isEmpty() ? now : means;
    }

    /** Lets what was measured now enter the running means, unless it has been held. */
    void count(List<Measures> now) {
        if (fresh && needs.contains(Need.MEANS)) {
            state.count(graph.getIterationCount(), now);
        }
    }

    /** Why the modalities cannot be compared; null if they can. */
    String problem(List<Measures> measures) {
        for (int u = 0; u < measures.size(); u++) {
            String name = plan.modalities().get(u).name();
            if (Double.isNaN(measures.get(u).score())) {
                return "the scores cannot be compared: modality \"%s\" has none, because no example of the batch has a label for it or its logits are not finite"
                        .formatted(name);
            }
            if (needs.contains(Need.ENTROPIES) && Double.isNaN(measures.get(u).entropy())) {
                return "the rule needs entropies: modality \"%s\" has none, because no example of the batch has a label at an output of probabilities or its logits are not finite"
                        .formatted(name);
            }
        }
        return null;
    }

    private List<Measures> compute(Map<String, Truth> truths) {
        if (zeroOut == null && !plan.shared().isEmpty()) {
            zeroOut = new ZeroOut(graph, plan.shared(), plan.zeroOutputs());
        }
        if (truths.isEmpty()) {
            return null;
        }
        List<Map<String, ExampleLosses>> losses = new ArrayList<>();
        for (ModalityPlan modality : plan.modalities()) {
            losses.add(
                    UnimodalLosses.of(
                            graph,
                            truths,
                            modality.name(),
                            modality.readouts(),
                            zeroOut,
                            needs.contains(Need.ENTROPIES)));
        }
        return BatchScores.measures(losses);
    }
}
