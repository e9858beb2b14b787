package org.ogm4j.study.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * @param measured means of {@link TrainingStep#measured} over the steps that have it
 */
public record CurvePoint(
        int step,
        double loss,
        double right,
        Map<String, Double> scores,
        Map<String, Double> ratios,
        Map<String, Double> coefficients,
        Map<String, Double> measured) {

    private static final int POINTS = 60;

    /** Files of before have no measured numbers. */
    public CurvePoint {
        measured = measured == null ? Map.of() : measured;
    }

    /**
     * At most 60 points, each over equally many steps but the last; where the window of modulation
     * begins or ends, a point ends too, so that no mean is over both sides of it.
     */
    static List<CurvePoint> of(List<TrainingStep> steps) {
        int length = Math.max(1, (steps.size() + POINTS - 1) / POINTS);
        int[] modulated =
                IntStream.range(0, steps.size()).filter(i -> isModulated(steps.get(i))).toArray();
        TreeSet<Integer> ends = new TreeSet<>();
        if (modulated.length > 0) {
            ends.add(modulated[0]);
            ends.add(modulated[modulated.length - 1] + 1);
        }
        IntStream.iterate(length, end -> end < steps.size(), end -> end + length)
                .forEach(ends::add);
        ends.add(steps.size());
        ends.remove(0);
        List<CurvePoint> points = new ArrayList<>();
        int from = 0;
        for (int to : ends) {
            points.add(mean(to, steps.subList(from, to)));
            from = to;
        }
        return points;
    }

    private static boolean isModulated(TrainingStep step) {
        return step.coefficients().values().stream().anyMatch(k -> k != 1);
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
        Map<String, Double> measured =
                steps.stream()
                        .flatMap(each -> each.measured().entrySet().stream())
                        .collect(
                                Collectors.groupingBy(
                                        Map.Entry::getKey,
                                        LinkedHashMap::new,
                                        Collectors.averagingDouble(Map.Entry::getValue)));
        return new CurvePoint(
                step,
                mean(steps, TrainingStep::loss),
                mean(steps, TrainingStep::right),
                scores,
                ratios,
                coefficients,
                measured);
    }

    private static double mean(List<TrainingStep> steps, ToDoubleFunction<TrainingStep> value) {
        return steps.stream().mapToDouble(value).average().orElseThrow();
    }
}
