package org.ogm4j.study.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.ogm4j.study.TrainingStep;

/**
 * What training looked like for a while: means over consecutive steps.
 *
 * @param step how many steps had been taken at the end of it
 * @param loss what was minimised
 * @param right accuracy or R^2 of the fused answer on the training batches
 * @param scores of each modality alone: mean probability of the truth
 * @param ratios rho of each modality
 * @param coefficients k of each encoder
 */
public record CurvePoint(
        int step,
        double loss,
        double right,
        Map<String, Double> scores,
        Map<String, Double> ratios,
        Map<String, Double> coefficients) {

    private static final int POINTS = 60;

    /** At most 60 points, each over equally many steps but the last. */
    static List<CurvePoint> of(List<TrainingStep> steps) {
        int length = Math.max(1, (steps.size() + POINTS - 1) / POINTS);
        List<CurvePoint> points = new ArrayList<>();
        for (int from = 0; from < steps.size(); from += length) {
            int to = Math.min(from + length, steps.size());
            points.add(mean(to, steps.subList(from, to)));
        }
        return points;
    }

    private static CurvePoint mean(int step, List<TrainingStep> steps) {
        Map<String, Double> scores = new LinkedHashMap<>();
        Map<String, Double> ratios = new LinkedHashMap<>();
        Map<String, Double> coefficients = new LinkedHashMap<>();
        for (String modality : steps.get(0).scores().keySet()) {
            scores.put(modality, mean(steps, each -> each.scores().get(modality)));
            ratios.put(modality, mean(steps, each -> each.ratio(modality)));
            coefficients.put(modality, mean(steps, each -> each.coefficients().get(modality)));
        }
        return new CurvePoint(
                step,
                mean(steps, TrainingStep::loss),
                mean(steps, TrainingStep::right),
                scores,
                ratios,
                coefficients);
    }

    private static double mean(List<TrainingStep> steps, ToDoubleFunction<TrainingStep> value) {
        return steps.stream().mapToDouble(value).average().orElseThrow();
    }
}
