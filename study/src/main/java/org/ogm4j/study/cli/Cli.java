package org.ogm4j.study.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import org.ogm4j.study.StudyException;
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

    /**
     * A command that explains wrong options, and data or files that cannot be used, in one line.
     *
     * @param unusable the exit code for data or files; that for options is 2
     */
    public static CommandLine of(Object command, PrintWriter out, PrintWriter err, int unusable) {
        return new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Cli::explainUsage)
                .setExecutionExceptionHandler(
                        (e, line, parsed) -> explainFailure(e, line, unusable));
    }

    private static int explainUsage(ParameterException e, String[] args) {
        explain(e.getCommandLine(), e.getMessage() + " (see --help)");
        return CommandLine.ExitCode.USAGE;
    }

    private static int explainFailure(Exception e, CommandLine commandLine, int exitCode)
            throws Exception {
        if (e instanceof DataException
                || e instanceof StudyException
                || e instanceof IOException
                || e instanceof InvalidPathException) {
            explain(commandLine, e.getMessage());
            return exitCode;
        }
        throw e;
    }

    private static void explain(CommandLine commandLine, String problem) {
        commandLine.getErr().println("error: " + problem);
        commandLine.getErr().flush();
    }
}
