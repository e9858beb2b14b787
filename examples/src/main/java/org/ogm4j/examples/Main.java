package org.ogm4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ogm4j.examples.data.DataException;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.network.Architecture;
import org.ogm4j.examples.network.Encoder;
import org.ogm4j.examples.network.Fusion;
import org.ogm4j.examples.network.Updater;
import org.ogm4j.examples.report.Report;
import org.ogm4j.examples.signal.NoiseLevels;
import org.ogm4j.examples.signal.SignalPath;
import org.ogm4j.examples.training.Method;
import org.ogm4j.examples.training.Rule;
import org.ogm4j.examples.training.Run;
import org.ogm4j.examples.training.Settings;
import org.ogm4j.examples.training.Trainer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains an audio-visual network, plain and modulated, and compares the two. */
@Command(
        name = "ogm4j-examples",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Trains a network on spoken and written digits, plain and with gradient modulation"
                        + " from the same initial weights, and reports what each modality learned.",
        footer = "%nWith Maven: mvn -B -Pexamples compile exec:java -Dexec.args=\"OPTIONS\"")
public final class Main implements Callable<Integer> {

    private static final Path SHIPPED = Path.of("examples", "data", "digits");

    @Spec private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Show this help and stop.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

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
            names = "--method",
            description = "${COMPLETION-CANDIDATES}; default: compare plain with ogm-ge.")
    private Method method;

    @Option(
            names = "--rule",
            defaultValue = "cvpr2022",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private Rule rule;

    @Option(
            names = "--alpha",
            description = "Strength of the rule, above 0; default: the rule's own.")
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

    @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--format",
            defaultValue = "digits",
            description =
                    "Layout of the data: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private DataFormat format;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data; default: examples/data/digits.")
    private Path data;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Use at most N pictures of each split; default: all.")
    private Integer limit;

    @Option(
            names = "--audio-snr",
            paramLabel = "DB",
            defaultValue = "20",
            description = "Signal-to-noise ratio of the sound in dB; default: ${DEFAULT-VALUE}.")
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

    /** Ends the JVM only where something went wrong, so that Maven can finish its own work. */
    public static void main(String[] args) {
        int exitCode =
                execute(
                        new PrintWriter(System.out, true, Charset.defaultCharset()),
                        new PrintWriter(System.err, true, Charset.defaultCharset()),
                        args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** 0 if all went well, 1 if the data or the report could not be used, 2 for wrong options. */
    static int execute(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .registerConverter(Encoder.class, Choice.of(Encoder.class))
                .registerConverter(Fusion.class, Choice.of(Fusion.class))
                .registerConverter(Method.class, Choice.of(Method.class))
                .registerConverter(Rule.class, Choice.of(Rule.class))
                .registerConverter(Updater.class, Choice.of(Updater.class))
                .registerConverter(DataFormat.class, Choice.of(DataFormat.class))
                .setParameterExceptionHandler(Main::explainUsage)
                .setExecutionExceptionHandler(Main::explainFailure)
                .execute(args);
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        Settings settings = settings();
        NoiseLevels noise = noise();
        DigitData digits = read();
        SignalPath signals = SignalPath.fit(digits.train(), noise, settings.seed());
        Trainer trainer = new Trainer(digits, signals, settings);
        List<Run> runs = new ArrayList<>();
        for (Method each :
                method == null ? List.of(Method.PLAIN, Method.OGM_GE) : List.of(method)) {
            runs.add(trainer.train(each));
        }
        List<Path> files = Report.write(runs, out);
        console.printf(
                "%nTest accuracy after the last epoch, fusion %s, encoder %s, updater %s:%n%n%s%n",
                fusion, encoder, updater, Report.table(runs));
        files.forEach(file -> console.println("Written: " + file));
        console.flush();
        return 0;
    }

    private Settings settings() {
        double strength = alpha == null ? rule.defaultAlpha() : alpha;
        if (updater == Updater.ADADELTA && learningRate != null) {
            throw new ParameterException(
                    spec.commandLine(), "adadelta takes no learning rate, got " + learningRate);
        }
        try {
            return new Settings(
                    new Architecture(encoder, fusion),
                    rule.withAlpha(strength),
                    updater,
                    learningRate == null ? updater.defaultRate() : learningRate,
                    epochs,
                    modulated == null ? Math.max(1, epochs / 2) : modulated,
                    batch,
                    seed);
        } catch (IllegalArgumentException e) {
            throw usageError(e);
        }
    }

    private NoiseLevels noise() {
        try {
            return new NoiseLevels(audioSnr, imageNoise);
        } catch (IllegalArgumentException e) {
            throw usageError(e);
        }
    }

    private DigitData read() {
        if (limit != null && limit < 1) {
            throw new ParameterException(
                    spec.commandLine(), "limit must be at least 1, got " + limit);
        }
        if (data == null && format != DataFormat.DIGITS) {
            throw new ParameterException(
                    spec.commandLine(), "--format " + format + " needs --data DIR");
        }
        if (data == null && !Files.isDirectory(SHIPPED)) {
            throw new ParameterException(
                    spec.commandLine(),
                    SHIPPED.toAbsolutePath()
                            + ": no such folder; run from the project's root or use --data DIR");
        }
        DigitData digits = format.read(data == null ? SHIPPED : data);
        return limit == null ? digits : digits.limit(limit);
    }

    private ParameterException usageError(IllegalArgumentException cause) {
        return new ParameterException(spec.commandLine(), cause.getMessage(), cause);
    }

    private static int explainUsage(ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("error: " + e.getMessage() + " (see --help)");
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static int explainFailure(
            Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof DataException || e instanceof IOException) {
            commandLine.getErr().println("error: " + e.getMessage());
            commandLine.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw e;
    }
}
