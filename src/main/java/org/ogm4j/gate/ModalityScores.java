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
import org.ogm4j.host.worker.Meeting;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.plan.TrainingState;
import org.ogm4j.score.ExampleLosses;
import org.ogm4j.score.StepScores;
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
     * @param has for each modality whether each example has it; null where all have it
     * @return null if the batch has no labels; NaN for a modality without a labelled example
     */
    StepScores ofThisStep(Map<String, Truth> truths, boolean[][] has) {
        int step = graph.getIterationCount();
        List<Measures> held = state.held(step, plan.scoreEvery());
        fresh = held == null;
        StepScores.Batch own = fresh && !truths.isEmpty() ? losses(truths, has) : null;
        List<StepScores.Batch> all =
                plan.sharedRatio() // in every step, so that replicas stay together
                        ? Meeting.with(graph, own, StepScores.Batch.class)
                        : Collections.singletonList(own);
        if (!fresh) {
            return StepScores.held(held, state.ratios());
        }
        StepScores scores = own == null ? null : StepScores.of(all, own);
        if (plan.scoreEvery() > 1 && scores != null && countsFully(scores)) {
            boolean whole = !(plan.rule() instanceof CoefficientRule);
            state.hold(step, scores.measures(), scores.ratios(), whole);
        }
        return scores;
    }

    /** Whether every modality has been measured and compared. */
    private boolean countsFully(StepScores scores) {
        return scores.canBeHeld() && problem(scores) == null;
    }

    /** The running means, if the rule needs them; of what was measured now if there are none. */
    List<Measures> means(StepScores now) {
        if (!needs.contains(Need.MEANS)) {
            return Collections.nCopies(now.measures().size(), Measures.NONE);
        }
        List<Measures> means = state.means(graph.getIterationCount());
        return means.isEmpty() ? now.measures() : means;
    }

    /** Lets what was measured now enter the running means, unless it is held or not complete. */
    void count(StepScores now) {
        if (fresh && needs.contains(Need.MEANS) && countsFully(now)) {
            state.count(graph.getIterationCount(), now.measures());
        }
    }

    /** Why the modalities cannot be compared; null if those can that any example has together. */
    String problem(StepScores scores) {
        for (int u = 0; u < scores.measures().size(); u++) {
            String name = plan.modalities().get(u).name();
            Measures measures = scores.measures().get(u);
            if (!scores.isCompared(u)) {
                continue;
            }
            if (Double.isNaN(measures.score())) {
                return "the scores cannot be compared: modality \"%s\" has none, because no example of the batch has a label for it or its logits are not finite"
                        .formatted(name);
            }
            if (needs.contains(Need.ENTROPIES) && Double.isNaN(measures.entropy())) {
                return "the rule needs entropies: modality \"%s\" has none, because no example of the batch has a label at an output of probabilities or its logits are not finite"
                        .formatted(name);
            }
        }
        return null;
    }

    private StepScores.Batch losses(Map<String, Truth> truths, boolean[][] has) {
        if (zeroOut == null && !plan.shared().isEmpty()) {
            zeroOut = new ZeroOut(graph, plan.shared(), plan.zeroOutputs());
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
        return new StepScores.Batch(losses, has, graph.batchSize());
    }
}
