package org.ogm4j.study;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A training run from its first step to its result.
 *
 * @param graph the trained network
 * @param measure what is measured: accuracy, or R^2
 * @param steps every step, in order
 * @param validation after each epoch
 * @param test after the last epoch
 * @param second macro F1 of the same, or the mean squared error
 * @param linearProbe test accuracy of a linear classifier on each encoder, after the last epoch
 * @param shapley of each modality on the test examples, after the last epoch
 * @param trained how many examples an epoch had
 * @param tested how many test examples there were
 * @param cost time and memory
 * @since 0.1.0
 */
public record Run(
        ComputationGraph graph,
        String measure,
        List<TrainingStep> steps,
        List<Scores> validation,
        Scores test,
        Scores second,
        Map<String, Double> linearProbe,
        Map<String, Double> shapley,
        long trained,
        long tested,
        Cost cost) {

    /** Copies the lists. */
    public Run {
        steps = List.copyOf(steps);
        validation = List.copyOf(validation);
    }

    /**
     * The ratio rho of a modality, averaged over all steps.
     *
     * @param modality its name
     * @return NaN if it cannot be read
     */
    public double meanRatio(String modality) {
        return steps.stream()
                .mapToDouble(step -> step.ratio(modality))
                .average()
                .orElse(Double.NaN);
    }
}
