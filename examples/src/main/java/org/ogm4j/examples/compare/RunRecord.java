package org.ogm4j.examples.compare;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.ogm4j.examples.network.Accuracy;
import org.ogm4j.examples.network.MacroF1;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.network.PerModality;
import org.ogm4j.examples.training.Cost;
import org.ogm4j.examples.training.Run;

/**
 * What is kept of a finished run.
 *
 * @param key of the job
 * @param method how the network was trained
 * @param seed of everything random
 * @param imbalance the noise setting
 * @param format of the data
 * @param settings everything else that decided on the result
 * @param accuracy on the test split, after the last epoch
 * @param macroF1 on the test split, after the last epoch
 * @param linearProbe test accuracy of a linear classifier on each encoder
 * @param shapley of each modality on the test split
 * @param validation accuracy after each epoch
 * @param curve of the training
 * @param meanRatioAudio rho of the sound, averaged over all steps
 * @param meanRatioVisual rho of the pictures, averaged over all steps
 * @param steps how many
 * @param cost time per step and memory
 * @param seconds wall time of all, evaluation and what a method trains besides included
 * @param environment on what it was made
 * @param finished when, UTC
 */
record RunRecord(
        String key,
        String method,
        long seed,
        String imbalance,
        String format,
        Map<String, String> settings,
        Accuracy accuracy,
        MacroF1 macroF1,
        PerModality linearProbe,
        PerModality shapley,
        List<Accuracy> validation,
        List<CurvePoint> curve,
        double meanRatioAudio,
        double meanRatioVisual,
        int steps,
        Cost cost,
        double seconds,
        Map<String, String> environment,
        String finished) {

    static RunRecord of(Job job, Run run, double seconds) {
        return new RunRecord(
                job.key(),
                job.method().toString(),
                job.settings().seed(),
                job.imbalance().toString(),
                job.format().toString(),
                job.decisive(),
                run.test(),
                run.testF1(),
                run.linearProbe(),
                run.shapley(),
                run.validation(),
                CurvePoint.of(run.steps()),
                run.meanRatio(Modality.AUDIO),
                run.meanRatio(Modality.VISUAL),
                run.steps().size(),
                run.cost(),
                seconds,
                Environment.present(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
