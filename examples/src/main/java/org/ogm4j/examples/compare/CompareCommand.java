package org.ogm4j.examples.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ogm4j.examples.compare.Tuning.Point;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.network.Convolutions;
import org.ogm4j.examples.options.DataOptions;
import org.ogm4j.examples.options.TrainingOptions;
import org.ogm4j.examples.training.Method;
import org.ogm4j.examples.training.Settings;
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
        console.println(Convolutions.describe(training.settings(tuningSeed).network()));
        String digest = Digest.of(digits);
        RunStore store = new RunStore(out);
        Comparison.Training trainer = Comparison.on(digits);
        Map<Method, Point> chosen = Map.of();
        if (tune) {
            Tuning tuning =
                    Tuning.of(methods, job(Method.PLAIN, tuningSeed, Imbalance.MEDIUM, digest));
            Comparison points = new Comparison(tuning.jobs(), store, trainer);
            List<RunRecord> tried = points.complete("tune", stepsPerRun(digits));
            if (!points.failures().isEmpty()) {
                return report(points.failures(), spec.commandLine().getErr());
            }
            RunStore.write(out.resolve("tuning.csv"), tuning.csv(tried));
            chosen = tuning.choose(tried);
        }
        List<Job> jobs = jobs(digest, chosen);
        Comparison comparison = new Comparison(jobs, store, trainer);
        List<RunRecord> runs = comparison.complete("compare", stepsPerRun(digits));
        String tables = ResultFiles.write(out, runs, jobs.size(), comparison.failures());
        RunStore.write(out.resolve("report.html"), HtmlReport.of(runs, origin(jobs, comparison)));
        if (tensorBoard) {
            TensorBoardFiles.write(out, runs);
        }
        console.printf(
                "%n%s%n%d of %d runs finished. Written: results.csv, summary.csv, summary.json,"
                        + " summary.md and report.html%s in %s%n",
                tables, runs.size(), jobs.size(), tensorBoard ? " and tensorboard/" : "", out);
        console.flush();
        return report(comparison.failures(), spec.commandLine().getErr());
    }

    private Origin origin(List<Job> jobs, Comparison comparison) {
        return new Origin(
                spec.root().commandLine().getParseResult().originalArgs(),
                jobs.size(),
                comparison.failures(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Says in one line each what went wrong; the exit code. */
    static int report(Map<String, String> failures, PrintWriter err) {
        failures.forEach((key, error) -> err.println("error: " + key + ": " + error));
        err.flush();
        return failures.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Method by method on equal seeds, so that what was made before a stop can be compared. */
    private List<Job> jobs(String digest, Map<Method, Point> chosen) {
        Set<Job> jobs = new LinkedHashSet<>();
        for (long seed : seeds.values()) {
            for (Imbalance imbalance : imbalances) {
                for (Method method : methods) {
                    Job job = job(method, seed, imbalance, digest);
                    Point point = chosen.get(method);
                    jobs.add(
                            point == null ? job : job.with(point.learningRate(), point.strength()));
                }
            }
        }
        return new ArrayList<>(jobs);
    }

    private Job job(Method method, long seed, Imbalance imbalance, String digest) {
        Settings settings = method.settings(training.settings(seed));
        return new Job(method, imbalance, settings, data.format(), digest);
    }

    private int stepsPerRun(DigitData digits) {
        Settings settings = training.settings(tuningSeed);
        int examples = digits.train().pictures().size();
        return settings.epochs() * (examples / Math.min(settings.batch(), examples));
    }
}
