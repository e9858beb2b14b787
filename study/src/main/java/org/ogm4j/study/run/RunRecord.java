package org.ogm4j.study.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ogm4j.study.Cost;
import org.ogm4j.study.Point;
import org.ogm4j.study.Run;
import org.ogm4j.study.Scores;
import org.ogm4j.study.store.Environment;

/**
 * What is kept of a finished run.
 *
 * @param key of the job
 * @param method how the network was trained
 * @param only the modality that it reads alone, or null
 * @param data their name
 * @param seed of everything random
 * @param fold from 0
 * @param point learning rate that was used, and strength that was chosen
 * @param settings everything else that decided on the result
 * @param modalities their names
 * @param measure what scores are: accuracy or R^2
 * @param test after the last epoch
 * @param second macro F1 or mean squared error on the test examples
 * @param linearProbe test accuracy of a linear classifier on each encoder
 * @param shapley of each modality on the test examples
 * @param validation after each epoch
 * @param curve of the training
 * @param meanRatio rho of each modality, averaged over all steps
 * @param steps how many
 * @param trained examples of an epoch
 * @param tested examples of the test
 * @param cost time per step and memory
 * @param seconds wall time of all, evaluation and what a method trains besides included
 * @param environment on what it was made
 * @param finished when, UTC
 */
public record RunRecord(
        String key,
        String method,
        String only,
        String data,
        long seed,
        int fold,
        Point point,
        Map<String, String> settings,
        List<String> modalities,
        String measure,
        Scores test,
        Scores second,
        Map<String, Double> linearProbe,
        Map<String, Double> shapley,
        List<Scores> validation,
        List<CurvePoint> curve,
        Map<String, Double> meanRatio,
        int steps,
        long trained,
        long tested,
        Cost cost,
        double seconds,
        Map<String, String> environment,
        String finished) {

    /** The same with another name of the data. */
    RunRecord on(String otherData) {
        return new RunRecord(
                key,
                method,
                only,
                otherData,
                seed,
                fold,
                point,
                settings,
                modalities,
                measure,
                test,
                second,
                linearProbe,
                shapley,
                validation,
                curve,
                meanRatio,
                steps,
                trained,
                tested,
                cost,
                seconds,
                environment,
                finished);
    }

    /** Of a run that has just been made. */
    public static RunRecord of(Job job, Run run, double seconds) {
        List<String> modalities = job.layout().modalities();
        Map<String, Double> ratios = new LinkedHashMap<>();
        modalities.forEach(modality -> ratios.put(modality, run.meanRatio(modality)));
        return new RunRecord(
                job.key(),
                job.rival().name(),
                job.rival().method().only().orElse(null),
                job.source().name(),
                job.seed(),
                job.fold(),
                new Point(
                        Double.parseDouble(job.decisive().get("learning_rate")),
                        job.point().strength()),
                job.decisive(),
                modalities,
                run.measure(),
                run.test(),
                run.second(),
                run.linearProbe(),
                run.shapley(),
                run.validation(),
                CurvePoint.of(run.steps()),
                ratios,
                run.steps().size(),
                run.trained(),
                run.tested(),
                run.cost(),
                seconds,
                Environment.present(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
