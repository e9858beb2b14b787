package org.ogm4j.examples.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
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
                    "${COMPLETION-CANDIDATES}, for the shipped digits; default: ${DEFAULT-VALUE}.")
    private List<Imbalance> imbalances;

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
        List<Settings> bySeed = seeds.values().stream().map(training::settings).toList();
        DigitData digits = data.read();
        console.println(Convolutions.describe(bySeed.get(0).network()));
        List<Job> jobs = jobs(bySeed, Digest.of(digits));
        Comparison comparison = new Comparison(jobs, new RunStore(out), Comparison.on(digits));
        List<RunRecord> runs = comparison.complete(stepsPerRun(bySeed.get(0), digits));
        String tables = ResultFiles.write(out, runs, jobs.size(), comparison.failures());
        console.printf(
                "%n%s%n%d of %d runs finished. Written: results.csv, summary.csv, summary.json and"
                        + " summary.md in %s%n",
                tables, runs.size(), jobs.size(), out);
        console.flush();
        return report(comparison.failures(), spec.commandLine().getErr());
    }

    /** Says in one line each what went wrong; the exit code. */
    static int report(Map<String, String> failures, PrintWriter err) {
        failures.forEach((key, error) -> err.println("error: " + key + ": " + error));
        err.flush();
        return failures.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Method by method on equal seeds, so that what was made before a stop can be compared. */
    private List<Job> jobs(List<Settings> bySeed, String digest) {
        Set<Job> jobs = new LinkedHashSet<>();
        for (Settings settings : bySeed) {
            for (Imbalance imbalance : imbalances) {
                for (Method method : methods) {
                    jobs.add(new Job(method, imbalance, settings, data.format(), digest));
                }
            }
        }
        return new ArrayList<>(jobs);
    }

    private static int stepsPerRun(Settings settings, DigitData digits) {
        int examples = digits.train().pictures().size();
        return settings.epochs() * (examples / Math.min(settings.batch(), examples));
    }
}
