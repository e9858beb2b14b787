package org.ogm4j.study.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ogm4j.study.StudyResult;
import org.ogm4j.study.file.PreparedStudy;
import org.ogm4j.study.file.StudyFile;
import org.ogm4j.study.machine.Convolutions;
import org.ogm4j.study.machine.Threads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes a study. */
@Command(
        name = "run",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Trains every method on every data set, seed and fold, and writes tables and a"
                        + " report. Finished runs are kept: a study that was stopped goes on where"
                        + " it was, and several processes may work on one.")
final class RunCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StudyOptions options;

    @Override
    public Integer call() throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        StudyFile file = options.read();
        PreparedStudy prepared = options.prepare(file);
        options.warn(prepared, spec.commandLine().getErr());
        console.println(Convolutions.describe(prepared.network()));
        Threads.use(options.threads());
        Path out = options.out(file);
        List<String> args = spec.root().commandLine().getParseResult().originalArgs();
        StudyResult result = prepared.study(CommandLines.text(args)).run(out);
        console.printf(
                "%n%s%n%d of %d runs finished. Written: report.html, summary.md, summary.csv,"
                        + " summary.json and results.csv%s in %s%n",
                result.tables(),
                result.runs().size(),
                result.planned(),
                file.tensorBoard() ? ", tensorboard/" : "",
                out);
        console.flush();
        PrintWriter err = spec.commandLine().getErr();
        result.damaged().forEach((key, text) -> err.println("warning: " + key + ": " + text));
        result.failures().forEach((key, text) -> err.println("error: " + key + ": " + text));
        err.flush();
        return result.failures().isEmpty() ? 0 : 1;
    }
}
