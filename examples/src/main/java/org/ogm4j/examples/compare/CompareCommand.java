package org.ogm4j.examples.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.options.DataOptions;
import org.ogm4j.examples.options.TrainingOptions;
import org.ogm4j.examples.training.Contestant;
import org.ogm4j.examples.training.Method;
import org.ogm4j.examples.training.Settings;
import org.ogm4j.study.Study;
import org.ogm4j.study.StudyResult;
import org.ogm4j.study.machine.Convolutions;
import org.ogm4j.study.machine.Threads;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares methods over seeds and imbalances. */
@Command(
        name = "compare",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Trains with every method, seed and imbalance and compares the results on equal"
                        + " seeds. Finished runs are kept in the output folder and not made again,"
                        + " so that a comparison that was stopped goes on where it was.")
public final class CompareCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Show this help and stop.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "METHOD",
            completionCandidates = Method.Names.class,
            defaultValue = "plain,ogm,ogm-ge",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private List<Method> methods;

    @Option(
            names = "--seeds",
            paramLabel = "SEEDS",
            defaultValue = "1-5",
            converter = Seeds.Converter.class,
            description = "Such as 1-5 or 1,3,7-9; default: ${DEFAULT-VALUE}.")
    private Seeds seeds;

    @Option(
            names = "--imbalance",
            split = ",",
            paramLabel = "IMBALANCE",
            defaultValue = "balanced,medium,strong",
            description =
                    "${COMPLETION-CANDIDATES}: noise, by a schedule for each format;"
                            + " default: ${DEFAULT-VALUE}.")
    private List<Imbalance> imbalances;

    @Option(
            names = "--tune",
            description =
                    "First choose learning rate and strength of every method on the validation"
                            + " split, at medium imbalance, from four points each.")
    private boolean tune;

    @Option(
            names = "--tuning-seed",
            defaultValue = "101",
            description = "Of the runs to choose from; default: ${DEFAULT-VALUE}.")
    private long tuningSeed;

    @Option(
            names = "--tensorboard",
            description = "Also write every run's curves as TensorBoard's event files.")
    private boolean tensorBoard;

    @Mixin private TrainingOptions training;

    @Mixin private DataOptions data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/compare",
            description = "Where runs and tables go; default: ${DEFAULT-VALUE}.")
    private Path out;

    /** 0 if all runs are there, 1 if one failed. */
    @Override
    public Integer call() throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        DigitData digits = data.read();
        Settings settings = training.settings(tuningSeed);
        console.println(Convolutions.describe(settings.network()));
        Threads.useOne();
        StudyResult result = study(digits, settings).run(out);
        console.printf(
                "%n%s%n%d of %d runs finished. Written: results.csv, summary.csv, summary.json,"
                        + " summary.md and report.html%s in %s%n",
                result.tables(),
                result.runs().size(),
                result.planned(),
                tensorBoard ? " and tensorboard/" : "",
                out);
        console.flush();
        return report(result.failures(), spec.commandLine().getErr());
    }

    private Study study(DigitData digits, Settings settings) {
        String content = Digest.of(digits);
        Study study =
                Study.of(seed -> settings.withSeed(seed).network())
                        .seeds(seeds.values().stream().mapToLong(Long::longValue).toArray())
                        .epochs(settings.epochs())
                        .tuningSeed(tuningSeed)
                        .tensorBoard(tensorBoard)
                        .origin(command());
        for (Imbalance imbalance : new LinkedHashSet<>(imbalances)) {
            ImbalancedDigits own = imbalanced(digits, imbalance, settings, content);
            study.data(own.name(), own).note(own.name(), own.note());
        }
        ImbalancedDigits medium = imbalanced(digits, Imbalance.MEDIUM, settings, content);
        study.tunedOn(medium.name(), medium);
        for (Method method : new LinkedHashSet<>(methods)) {
            study.methods(
                    new Contestant(method, settings)
                            .named(
                                    method.toString(),
                                    tune
                                            ? method.known().grid(settings.learningRate())
                                            : List.of()));
        }
        if (methods.contains(Method.PLAIN)) {
            study.baseline(Method.PLAIN.toString());
        }
        if (methods.contains(Method.OGM_GE)) {
            study.shown(Method.OGM_GE.toString());
        }
        return study;
    }

    private ImbalancedDigits imbalanced(
            DigitData digits, Imbalance imbalance, Settings settings, String content) {
        return new ImbalancedDigits(digits, data.format(), imbalance, settings, content);
    }

    /**
     * Makes the report again, pasted into a shell: inside double quotes Maven reads single ones.
     */
    private String command() {
        String arguments =
                spec.root().commandLine().getParseResult().originalArgs().stream()
                        .map(arg -> arg.matches("[\\w./:,=@%+-]+") ? arg : "'" + arg + "'")
                        .collect(Collectors.joining(" "));
        return "mvn -B -pl examples -am compile exec:java -Dexec.args=\"%s\"".formatted(arguments);
    }

    /** Says in one line each what went wrong; the exit code. */
    static int report(Map<String, String> failures, PrintWriter err) {
        failures.forEach((key, error) -> err.println("error: " + key + ": " + error));
        err.flush();
        return failures.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
