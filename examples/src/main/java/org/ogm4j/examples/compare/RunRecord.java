package org.ogm4j.examples.compare;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.ogm4j.examples.network.Accuracy;
import org.ogm4j.examples.network.MacroF1;
import org.ogm4j.examples.network.Modality;
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
 * @param validation accuracy after each epoch
 * @param meanRatioAudio rho of the sound, averaged over all steps
 * @param meanRatioVisual rho of the pictures, averaged over all steps
 * @param steps how many
 * @param seconds wall time
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
        List<Accuracy> validation,
        double meanRatioAudio,
        double meanRatioVisual,
        int steps,
        double seconds,
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
                run.validation(),
                run.meanRatio(Modality.AUDIO),
                run.meanRatio(Modality.VISUAL),
                run.steps().size(),
                seconds,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
