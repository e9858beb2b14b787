package org.ogm4j.examples.training;

import java.util.Locale;
import org.ogm4j.examples.network.Accuracy;

/** A progress bar for each epoch, and a line behind it. */
final class ConsoleMonitor implements Monitor {

    @Override
    public Epoch start(String task, int steps) {
        Progress bar = Progress.start(task, steps);
        return new Epoch() {
            @Override
            public void step(TrainingStep step) {
                bar.step(message(step));
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }

    @Override
    public void validated(String task, Accuracy accuracy) {
        System.out.printf(
                Locale.ROOT,
                "%s validation accuracy: fused %.3f, audio alone %.3f, visual alone %.3f%n",
                task,
                accuracy.fused(),
                accuracy.audio(),
                accuracy.visual());
    }

    private static String message(TrainingStep step) {
        return String.format(
                Locale.ROOT,
                " loss %.3f, accuracy %.2f, k audio %.2f visual %.2f",
                step.loss(),
                step.accuracy(),
                step.audioCoefficient(),
                step.visualCoefficient());
    }
}
