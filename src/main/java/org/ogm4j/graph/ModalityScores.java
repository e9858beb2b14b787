package org.ogm4j.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.score.UnimodalScore;
import org.ogm4j.score.ZeroOut;

/** The scores of all modalities in a running network, step by step. */
final class ModalityScores {

    private final ComputationGraph graph;
    private final ModulationPlan plan;
    private final HeldScores held;
    private ZeroOut zeroOut;

    /**
     * Starts with the scores that the network was saved with.
     *
     * @param held where the latest scores are kept
     */
    ModalityScores(ComputationGraph graph, ModulationPlan plan, HeldScores held) {
        this.graph = graph;
        this.plan = plan;
        this.held = held;
    }

    /**
     * The score of every modality in the present step, in the order of the plan.
     *
     * @return empty if the batch has no labels; NaN for a modality without a labelled example
     */
    Optional<double[]> ofThisStep() {
        int step = graph.getIterationCount();
        double[] scores = held.in(step, plan.scoreEvery());
        if (scores == null) {
            scores = workOut();
            if (plan.scoreEvery() > 1
                    && scores != null
                    && Arrays.stream(scores).noneMatch(Double::isNaN)) {
                held.hold(step, scores);
            }
        }
        return Optional.ofNullable(scores);
    }

    private double[] workOut() {
        if (zeroOut == null && !plan.shared().isEmpty()) {
            zeroOut = new ZeroOut(graph, plan.shared(), plan.zeroOutputs());
        }
        List<ModalityPlan> modalities = plan.modalities();
        double[] scores = new double[modalities.size()];
        boolean labelled = false;
        for (int u = 0; u < scores.length; u++) {
            ModalityPlan modality = modalities.get(u);
            OptionalDouble score =
                    UnimodalScore.of(graph, modality.name(), modality.readouts(), zeroOut);
            labelled |= score.isPresent();
            scores[u] = score.orElse(Double.NaN);
        }
        return labelled ? scores : null;
    }
}
