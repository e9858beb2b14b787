package org.ogm4j.examples.options;

import org.ogm4j.examples.network.Architecture;
import org.ogm4j.examples.network.Encoder;
import org.ogm4j.examples.training.Settings;
import org.ogm4j.study.network.Fusion;
import org.ogm4j.study.network.Updater;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which network to train and how, for every command; see {@link Mixin}. */
public final class TrainingOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--encoder",
            defaultValue = "cnn",
            description =
                    "Of both modalities: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}."
                            + " A step of resnet18 takes about 45 times as long as one of cnn.")
    private Encoder encoder;

    @Option(
            names = "--fusion",
            defaultValue = "concat",
            description =
                    "How both answer together: ${COMPLETION-CANDIDATES};"
                            + " default: ${DEFAULT-VALUE}.")
    private Fusion fusion;

    @Option(
            names = "--alpha",
            description = "Strength of ogm and its relatives, above 0; default: 0.8.")
    private Double alpha;

    @Option(
            names = "--epochs",
            defaultValue = "6",
            description = "At least 1; default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = "--modulated",
            paramLabel = "N",
            description = "Modulate the first N epochs; default: the first half, as published.")
    private Integer modulated;

    @Option(
            names = "--batch",
            defaultValue = "32",
            description = "Examples per step, at least 2; default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--updater",
            defaultValue = "nesterovs",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}, momentum 0.9.")
    private Updater updater;

    @Option(
            names = "--learning-rate",
            paramLabel = "ETA",
            description =
                    "Above 0; default: 0.02 for sgd and nesterovs, 0.01 for adagrad, else 0.001;"
                            + " adadelta takes none.")
    private Double learningRate;

    /**
     * What the options say, with a seed.
     *
     * @throws ParameterException if they contradict one another
     */
    public Settings settings(long seed) {
        if (updater == Updater.ADADELTA && learningRate != null) {
            throw new ParameterException(
                    spec.commandLine(), "adadelta takes no learning rate, got " + learningRate);
        }
        try {
            return new Settings(
                    new Architecture(encoder, fusion),
                    alpha,
                    updater,
                    learningRate == null ? updater.defaultRate() : learningRate,
                    epochs,
                    modulated == null ? Math.max(1, epochs / 2) : modulated,
                    batch,
                    seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
