package org.ogm4j.examples.options;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.ogm4j.study.data.DataException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** How every program speaks: one line for what went wrong, and an exit code. */
public final class Cli {

    private Cli() {}

    /** Runs a program with its options. */
    @FunctionalInterface
    public interface Program {
        int execute(PrintWriter out, PrintWriter err, String... args);
    }

    /** Ends the JVM only where something went wrong, so that Maven can finish its own work. */
    public static void main(Program program, String[] args) {
        int exitCode =
                program.execute(
                        new PrintWriter(System.out, true, Charset.defaultCharset()),
                        new PrintWriter(System.err, true, Charset.defaultCharset()),
                        args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** A command that explains wrong options (2) and data or files that cannot be used (1). */
    public static CommandLine of(Object command, PrintWriter out, PrintWriter err) {
        return new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Cli::explainUsage)
                .setExecutionExceptionHandler(Cli::explainFailure);
    }

    private static int explainUsage(ParameterException e, String[] args) {
        explain(e.getCommandLine(), e.getMessage() + " (see --help)");
        return CommandLine.ExitCode.USAGE;
    }

    private static int explainFailure(
            Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof DataException || e instanceof IOException) {
            explain(commandLine, e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw e;
    }

    private static void explain(CommandLine commandLine, String problem) {
        commandLine.getErr().println("error: " + problem);
        commandLine.getErr().flush();
    }
}
