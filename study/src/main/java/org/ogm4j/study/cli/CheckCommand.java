package org.ogm4j.study.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.file.PreparedStudy;
import org.ogm4j.study.file.StudyFile;
import org.ogm4j.study.machine.Convolutions;
import org.ogm4j.study.machine.Threads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Loads the data, builds the network, and says what a study would be. */
@Command(
        name = "check",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Loads the data, builds the networks of all methods, and says how many runs there"
                        + " are and about how long they take. Writes nothing.")
final class CheckCommand implements Callable<Integer> {

    private static final int STEPS = 5;

    @Spec private CommandSpec spec;

    @Mixin private StudyOptions options;

    @Override
    public Integer call() {
        PrintWriter console = spec.commandLine().getOut();
        StudyFile file = options.read();
        PreparedStudy prepared = options.prepare(file);
        console.println(prepared.summary());
        options.warn(prepared, spec.commandLine().getErr());
        ComputationGraph graph = prepared.network();
        console.println(Convolutions.describe(graph));
        Threads.use(options.threads());
        double step = seconds(graph, prepared.split().training(0));
        double run = step * prepared.steps() * file.epochs();
        int all = prepared.runs() + prepared.tuningRuns();
        console.printf(
                "%d runs of %d epochs of %d steps%s. A plain step takes %.0f ms here: about %s a run"
                        + " and %s in all, without scores; methods with teachers or probes take more.%n",
                prepared.runs(),
                file.epochs(),
                prepared.steps(),
                prepared.tuningRuns() > 0
                        ? ", and %d to choose from".formatted(prepared.tuningRuns())
                        : "",
                1000 * step,
                shown(run),
                shown(all * run));
        console.flush();
        return 0;
    }

    /** Of one training step, without the first one, on the first batch. */
    private static double seconds(ComputationGraph graph, MultiDataSetIterator batches) {
        MultiDataSet batch = batches.next();
        graph.fit(batch);
        long start = System.nanoTime();
        for (int i = 0; i < STEPS; i++) {
            graph.fit(batch);
        }
        return (System.nanoTime() - start) / 1e9 / STEPS;
    }

    private static String shown(double seconds) {
        if (seconds < 120) {
            return "%.0f s".formatted(seconds);
        }
        return seconds < 7200
                ? "%.0f min".formatted(seconds / 60)
                : "%.1f h".formatted(seconds / 3600);
    }
}
