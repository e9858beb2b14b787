package org.ogm4j.examples.compare;

import java.util.List;
import org.ogm4j.Attribution;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.network.Accuracy;
import org.ogm4j.examples.network.Architecture;
import org.ogm4j.examples.network.MacroF1;
import org.ogm4j.examples.network.PerModality;
import org.ogm4j.examples.network.Updater;
import org.ogm4j.examples.training.Cost;
import org.ogm4j.examples.training.Method;
import org.ogm4j.examples.training.Rule;
import org.ogm4j.examples.training.Run;
import org.ogm4j.examples.training.Settings;
import org.ogm4j.examples.training.TrainingStep;

/** Jobs and runs that nobody trained. */
final class Samples {

    private Samples() {}

    static Settings settings(long seed) {
        return new Settings(
                Architecture.DEFAULT,
                Rule.CVPR2022.withAlpha(0.8),
                Updater.NESTEROVS,
                0.02,
                2,
                1,
                4,
                seed);
    }

    static Job job(Method method, Imbalance imbalance, long seed) {
        return new Job(method, imbalance, settings(seed), DataFormat.DIGITS, "0123abcd");
    }

    static Run run(Method method, Accuracy accuracy) {
        TrainingStep step = new TrainingStep(1.5, 0.5, 0.6, 0.2, 1, 1);
        MacroF1 f1 = new MacroF1(accuracy.fused(), accuracy.audio(), accuracy.visual());
        Attribution attribution = new Attribution(List.of(), List.of());
        return new Run(
                method,
                List.of(step),
                List.of(accuracy),
                accuracy,
                f1,
                new PerModality(0.7, 0.3),
                new PerModality(0.4, 0.2),
                new Cost(0.004, 5_000_000),
                attribution);
    }

    /** With what was measured on the validation and the test split. */
    static RunRecord record(Job job, List<Accuracy> validation, double test) {
        Run run = run(job.method(), new Accuracy(test, 0.5, 0.4));
        Run validated =
                new Run(
                        run.method(),
                        run.steps(),
                        validation,
                        run.test(),
                        run.testF1(),
                        run.linearProbe(),
                        run.shapley(),
                        run.cost(),
                        run.attribution());
        return RunRecord.of(job, validated, 1);
    }

    static RunRecord record(Method method, Imbalance imbalance, long seed, double fused) {
        return RunRecord.of(
                job(method, imbalance, seed),
                run(method, new Accuracy(fused, 0.5, Double.NaN)),
                12.5);
    }
}
