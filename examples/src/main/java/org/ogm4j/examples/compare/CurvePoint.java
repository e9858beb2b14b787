package org.ogm4j.examples.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.training.TrainingStep;

/**
 * What training looked like for a while: means over consecutive steps.
 *
 * @param step how many steps had been taken at the end of it
 * @param loss what was minimised
 * @param accuracy of the fused answer on the training batches
 * @param audioScore mean probability of the true class from the sound alone
 * @param visualScore mean probability of the true class from the image alone
 * @param audioRatio rho of the sound
 * @param visualRatio rho of the image
 * @param audioCoefficient k of the audio encoder
 * @param visualCoefficient k of the visual encoder
 */
record CurvePoint(
        int step,
        double loss,
        double accuracy,
        double audioScore,
        double visualScore,
        double audioRatio,
        double visualRatio,
        double audioCoefficient,
        double visualCoefficient) {

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
        return new CurvePoint(
                step,
                mean(steps, TrainingStep::loss),
                mean(steps, TrainingStep::accuracy),
                mean(steps, TrainingStep::audioScore),
                mean(steps, TrainingStep::visualScore),
                mean(steps, each -> each.ratio(Modality.AUDIO)),
                mean(steps, each -> each.ratio(Modality.VISUAL)),
                mean(steps, TrainingStep::audioCoefficient),
                mean(steps, TrainingStep::visualCoefficient));
    }

    private static double mean(List<TrainingStep> steps, ToDoubleFunction<TrainingStep> value) {
        return steps.stream().mapToDouble(value).average().orElseThrow();
    }
}
