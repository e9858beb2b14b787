package org.ogm4j.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.plan.TrainingState;
import org.ogm4j.score.ExampleLosses;
import org.ogm4j.score.StepScores;
import org.ogm4j.score.Truth;
import org.ogm4j.score.UnimodalLosses;
import org.ogm4j.zeroout.ZeroOut;

/** The scores of all modalities in a running network, step by step. */
final class ModalityScores {

    private final ComputationGraph graph;
    private final ModulationPlan plan;
    private final TrainingState state;
    private ZeroOut zeroOut;

    /**
     * Starts with the scores that the network was saved with.
     *
     * @param state where the latest scores are kept
     */
    ModalityScores(ComputationGraph graph, ModulationPlan plan, TrainingState state) {
        this.graph = graph;
        this.plan = plan;
        this.state = state;
    }

    /**
     * The score of every modality in the present step, in the order of the plan.
     *
     * @param truths the labels of the batch, by output
     * @param has for each modality whether each example has it; null where all have it
     * @return null if the batch has no labels; NaN for a modality without a labelled example
     */
    StepScores ofThisStep(Map<String, Truth> truths, boolean[][] has) {
        int step = graph.getIterationCount();
        double[] held = state.scores(step, plan.scoreEvery());
        if (held != null) {
            return StepScores.held(held, state.ratios());
        }
        StepScores scores = compute(truths, has);
        if (plan.scoreEvery() > 1 && scores != null && scores.canBeHeld()) {
            state.hold(step, scores.scores(), scores.ratios());
        }
        return scores;
    }

    private StepScores compute(Map<String, Truth> truths, boolean[][] has) {
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
                            graph, truths, modality.name(), modality.readouts(), zeroOut));
        }
        return StepScores.of(losses, has);
    }
}
