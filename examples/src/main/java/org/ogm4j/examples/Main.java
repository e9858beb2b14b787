package org.ogm4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ogm4j.examples.compare.CompareCommand;
import org.ogm4j.examples.compare.Imbalance;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.network.Encoder;
import org.ogm4j.examples.options.DataOptions;
import org.ogm4j.examples.options.TrainingOptions;
import org.ogm4j.examples.report.Report;
import org.ogm4j.examples.signal.NoiseLevels;
import org.ogm4j.examples.training.Job;
import org.ogm4j.examples.training.Method;
import org.ogm4j.examples.training.Settings;
import org.ogm4j.examples.training.Source;
import org.ogm4j.examples.training.Trained;
import org.ogm4j.study.cli.Cli;
import org.ogm4j.study.machine.Convolutions;
import org.ogm4j.study.machine.Threads;
import org.ogm4j.study.network.Fusion;
import org.ogm4j.study.network.Updater;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains an audio-visual network, plain and modulated, and compares the two. */
@Command(
        name = "ogm4j-examples",
        subcommands = CompareCommand.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Trains a network on spoken and written digits or on clips of CREMA-D, plain and with"
                        + " gradient modulation from the same initial weights, and reports what"
                        + " each modality learned.",
        footer = "%nWith Maven: mvn -B -pl examples -am compile exec:java -Dexec.args=\"OPTIONS\"")
public final class Main implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Show this help and stop.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = "--method",
            completionCandidates = Method.Names.class,
            description = "${COMPLETION-CANDIDATES}; default: compare plain with ogm-ge.")
    private Method method;

    @Mixin private TrainingOptions training;

    @Mixin private DataOptions data;

    @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--audio-snr",
            paramLabel = "DB",
            defaultValue = "20",
            description =
                    "Signal-to-noise ratio of spoken digits in dB; default: ${DEFAULT-VALUE}.")
    private double audioSnr;

    @Option(
            names = "--image-noise",
            paramLabel = "SIGMA",
            defaultValue = "0.2",
            description = "Noise on pixels in [0, 1], at least 0; default: ${DEFAULT-VALUE}.")
    private double imageNoise;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/report",
            description = "Where the report goes; default: ${DEFAULT-VALUE}.")
    private Path out;

    /** Starts the program. */
    public static void main(String[] args) {
        Cli.main(Main::execute, args);
    }

    /** 0 if all went well, 1 if the data or the report could not be used, 2 for wrong options. */
    static int execute(PrintWriter out, PrintWriter err, String... args) {
        return Cli.of(new Main(), out, err, CommandLine.ExitCode.SOFTWARE)
                .registerConverter(Encoder.class, Choice.of(Encoder.class))
                .registerConverter(Fusion.class, Choice.of(Fusion.class))
                .registerConverter(Imbalance.class, Choice.of(Imbalance.class))
                .registerConverter(Method.class, new Choice<>(Method.ALL))
                .registerConverter(Updater.class, Choice.of(Updater.class))
                .registerConverter(DataFormat.class, Choice.of(DataFormat.class))
                .execute(args);
    }

    @Override
    public Integer call() throws IOException {
        if (method != null && method.isUnimodal()) {
            throw new ParameterException(
                    spec.commandLine(), method + " reads one modality: use compare");
        }
        PrintWriter console = spec.commandLine().getOut();
        Settings given = training.settings(seed);
        Settings settings = method == null ? given : method.settings(given);
        Source source = data.source(noise(), settings.seed());
        console.println(Convolutions.describe(settings.network()));
        Threads.useOne();
        Job job = new Job(source, settings);
        List<Trained> runs = new ArrayList<>();
        for (Method each :
                method == null ? List.of(Method.PLAIN, Method.OGM_GE) : List.of(method)) {
            runs.add(job.train(each));
        }
        List<Path> files = Report.write(runs, out);
        console.printf(
                "%nTest accuracy after the last epoch, fusion %s, encoder %s, updater %s:%n%n%s%n",
                settings.architecture().fusion(),
                settings.architecture().encoder(),
                settings.updater(),
                Report.table(runs));
        files.forEach(file -> console.println("Written: " + file));
        console.flush();
        return 0;
    }

    private NoiseLevels noise() {
        if (data.format() == DataFormat.CREMA_D) {
            for (String option : List.of("--audio-snr", "--image-noise")) {
                if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                    throw new ParameterException(
                            spec.commandLine(),
                            option + " is for digits: clips of crema-d are used as recorded");
                }
            }
        }
        try {
            return new NoiseLevels(audioSnr, imageNoise);
        } catch (IllegalArgumentException e) {
            throw usageError(e);
        }
    }

    private ParameterException usageError(IllegalArgumentException cause) {
        return new ParameterException(spec.commandLine(), cause.getMessage(), cause);
    }
}
