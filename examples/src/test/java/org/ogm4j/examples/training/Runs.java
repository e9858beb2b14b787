package org.ogm4j.examples.training;

import java.util.Map;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.network.AudioVisualNet;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.signal.SignalPath;
import org.ogm4j.study.Point;
import org.ogm4j.study.Run;
import org.ogm4j.study.Split;
import org.ogm4j.study.TrainingStep;
import org.ogm4j.study.Trial;

/** Runs of tests. */
final class Runs {

    private Runs() {}

    static Run train(DigitData data, SignalPath signals, Settings settings, Method method) {
        return new Job(new DigitSource(data, signals), settings).train(method).run();
    }

    /** A run of the plain network of convolutions and concatenation, on these data. */
    static Trial trial(Settings settings, Split split) {
        return new Trial(
                AudioVisualNet.configuration(
                        settings.updater(), settings.learningRate(), settings.seed()),
                Map.of(),
                () -> split,
                Point.OWN,
                settings.seed(),
                settings.epochs(),
                task -> {});
    }

    static double score(TrainingStep step, Modality modality) {
        return step.scores().get(modality.input());
    }

    static double coefficient(TrainingStep step, Modality modality) {
        return step.coefficients().get(modality.input());
    }
}
