package org.ogm4j.gate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.CoefficientRule;
import org.ogm4j.ModalityStep;
import org.ogm4j.Modulation;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.score.StepScores;

/** From the scores of a step to its coefficients: {@code rho^u}, then {@code k^u = rule(rho^u)}. */
final class Coefficients {

    private Coefficients() {}

    /**
     * The ratios of a step, with k = 1 as yet.
     *
     * @param scores of every modality, in the order of the plan
     */
    static Modulation ratios(ComputationGraph graph, ModulationPlan plan, StepScores scores) {
        Map<String, ModalityStep> steps = new LinkedHashMap<>();
        for (int u = 0; u < plan.modalities().size(); u++) {
            String name = plan.modalities().get(u).name();
            steps.put(name, new ModalityStep(scores.score(u), scores.ratio(u), 1, 1));
        }
        return new Modulation(
                graph.getIterationCount(),
                graph.getEpochCount(),
                Collections.unmodifiableMap(steps),
                0);
    }

    /**
     * Why the scores cannot be compared; null if every modality has a ratio, or no example that has
     * another modality too.
     */
    static String problem(Modulation step, StepScores scores) {
        String problem = null;
        int u = 0;
        for (Map.Entry<String, ModalityStep> modality : step.modalities().entrySet()) {
            if (!scores.isCompared(u++)) {
                continue;
            }
            if (Double.isNaN(modality.getValue().score())) {
                return "the scores cannot be compared: modality \"%s\" has none, because no example of the batch has a label for it or its logits are not finite"
                        .formatted(modality.getKey());
            }
            if (Double.isNaN(modality.getValue().ratio())) {
                problem = "the scores cannot be compared: two of them are 0, which gives no ratio";
            }
        }
        return problem;
    }

    /**
     * The same step with the coefficients of a rule.
     *
     * @throws IllegalStateException if the rule gives one that is negative or not finite
     */
    static Modulation with(Modulation step, CoefficientRule rule) {
        return map(
                step,
                (name, m) -> new ModalityStep(m.score(), m.ratio(), coefficient(rule, name, m), 1));
    }

    /** The same step with the factors p on the first moments. */
    static Modulation with(Modulation step, Map<String, Double> p) {
        return map(
                step,
                (name, m) -> new ModalityStep(m.score(), m.ratio(), m.coefficient(), p.get(name)));
    }

    /** The same step with the number of batches that were refused so far. */
    static Modulation with(Modulation step, long refusedBatches) {
        return new Modulation(step.iteration(), step.epoch(), step.modalities(), refusedBatches);
    }

    /** k of every modality. */
    static Map<String, Double> byName(Modulation step) {
        Map<String, Double> k = new LinkedHashMap<>();
        step.modalities().forEach((name, m) -> k.put(name, m.coefficient()));
        return k;
    }

    private static double coefficient(CoefficientRule rule, String name, ModalityStep m) {
        double k = Double.isNaN(m.ratio()) ? 1 : rule.coefficient(m.ratio()); // 1: not compared
        if (!(k >= 0 && k < Double.POSITIVE_INFINITY)) {
            throw new IllegalStateException(
                    "coefficient of modality \"%s\" must be at least 0 and finite, got %s from the rule %s at ratio %s"
                            .formatted(name, k, rule, m.ratio()));
        }
        return k;
    }

    private static Modulation map(
            Modulation step, BiFunction<String, ModalityStep, ModalityStep> change) {
        Map<String, ModalityStep> steps = new LinkedHashMap<>(step.modalities());
        steps.replaceAll(change);
        return new Modulation(
                step.iteration(),
                step.epoch(),
                Collections.unmodifiableMap(steps),
                step.refusedBatches());
    }
}
