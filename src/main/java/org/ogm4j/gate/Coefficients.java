package org.ogm4j.gate;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.BalanceRule;
import org.ogm4j.BalanceRule.Measures;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModalityStep.Signals;
import org.ogm4j.Modulation;
import org.ogm4j.meter.SignalMeter;
import org.ogm4j.plan.DropRates;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.score.StepScores;

/** From the scores of a step to its coefficients: {@code rho^u}, then k^u by the rule. */
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
            steps.put(
                    name,
                    new ModalityStep(
                            scores.score(u),
                            scores.loss(u),
                            scores.ratio(u),
                            1,
                            1,
                            0,
                            Signals.NONE));
        }
        return new Modulation(
                graph.getIterationCount(),
                graph.getEpochCount(),
                Collections.unmodifiableMap(steps),
                0);
    }

    /** Why scores cannot be compared; null if every modality that is compared has a ratio. */
    static String problem(Modulation step, StepScores scores) {
        int u = 0;
        for (ModalityStep modality : step.modalities().values()) {
            if (scores.isCompared(u++) && Double.isNaN(modality.ratio())) {
                return "the scores cannot be compared: two of them are 0, which gives no ratio";
            }
        }
        return null;
    }

    /**
     * The same step with the coefficients of the rule.
     *
     * @param now what was measured, by modality
     * @param means the running means of it
     * @throws IllegalStateException if the rule leaves a modality out, names one that there is not,
     *     or gives a coefficient that is negative or not finite
     */
    static Modulation with(
            Modulation step, ModulationPlan plan, StepScores now, List<Measures> means) {
        Map<String, BalanceRule.Modality> seen = new LinkedHashMap<>();
        int u = 0;
        for (Map.Entry<String, ModalityStep> modality : step.modalities().entrySet()) {
            if (now.isCompared(u)) {
                double ratio = modality.getValue().ratio();
                Measures own = now.measures().get(u);
                seen.put(modality.getKey(), new BalanceRule.Modality(ratio, own, means.get(u)));
            }
            u++;
        }
        Map<String, Double> k = seen.isEmpty() ? Map.of() : coefficients(step, plan, seen);
        return map(
                step,
                (name, m) -> {
                    boolean own = seen.containsKey(name);
                    double factor = own ? checked(k.get(name), name, m, plan.rule()) : 1;
                    return changed(m, factor, 1, m.dropRate(), m.signals());
                });
    }

    private static Map<String, Double> coefficients(
            Modulation step, ModulationPlan plan, Map<String, BalanceRule.Modality> seen) {
        Map<String, Double> k =
                plan.rule()
                        .coefficients(
                                new BalanceRule.Step(
                                        step.iteration(),
                                        step.epoch(),
                                        plan.firstEpoch(),
                                        plan.lastEpoch(),
                                        Collections.unmodifiableMap(seen)));
        if (k == null || !k.keySet().equals(seen.keySet())) {
            throw new IllegalStateException(
                    "coefficients must be of the modalities %s, got %s from the rule %s"
                            .formatted(
                                    seen.keySet(), k == null ? "null" : k.keySet(), plan.rule()));
        }
        return k;
    }

    /** The same step with the factors p on the first moments. */
    static Modulation with(Modulation step, Map<String, Double> p) {
        return map(
                step,
                (name, m) -> changed(m, m.coefficient(), p.get(name), m.dropRate(), m.signals()));
    }

    /** The same step with the rates q that features were dropped with. */
    static Modulation with(Modulation step, DropRates q) {
        Iterator<Double> rates = q.rates().iterator();
        return map(
                step,
                (name, m) ->
                        changed(
                                m,
                                m.coefficient(),
                                m.momentCoefficient(),
                                rates.next(),
                                m.signals()));
    }

    /** The same step with what was measured of its signals. */
    static Modulation with(Modulation step, ModulationPlan plan, SignalMeter meter) {
        Iterator<ModalityPlan> modalities = plan.modalities().iterator();
        return map(
                step,
                (name, m) ->
                        changed(
                                m,
                                m.coefficient(),
                                m.momentCoefficient(),
                                m.dropRate(),
                                meter.of(modalities.next())));
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

    private static double checked(Double k, String name, ModalityStep m, BalanceRule rule) {
        if (k == null || !(k >= 0 && k < Double.POSITIVE_INFINITY)) {
            throw new IllegalStateException(
                    "coefficient of modality \"%s\" must be at least 0 and finite, got %s from the rule %s at ratio %s"
                            .formatted(name, k, rule, m.ratio()));
        }
        return k;
    }

    /** The same measures with other factors. */
    private static ModalityStep changed(
            ModalityStep m, double k, double p, double q, Signals signals) {
        return new ModalityStep(m.score(), m.loss(), m.ratio(), k, p, q, signals);
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
