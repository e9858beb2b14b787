package org.ogm4j.study.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Studies from files, no Java to write. */
@Command(
        name = "study",
        sortOptions = false,
        usageHelpAutoWidth = true,
        subcommands = {
            InitCommand.class,
            CheckCommand.class,
            RunCommand.class,
            TablesCommand.class,
            ExportCommand.class
        },
        description = "Compares methods of multimodal training on your data, from a study.json.",
        footer = {
            "",
            "A study of a folder:  study init FOLDER   then   study run FOLDER/study.json",
            "Tables of several studies:  study tables A=a/results.csv B=b/results.csv --out DIR",
            "Exit codes: 0 all went well, 1 a run failed, 2 the study or its files cannot be used."
        })
public final class Main implements Runnable {

    private static final int UNUSABLE = 2;

    @Spec private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Show this help and stop.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    /** Starts the program. */
    public static void main(String[] args) {
        Cli.main(Main::execute, args);
    }

    /** 0 if all went well, 1 if a run failed, 2 if the study cannot be made. */
    static int execute(PrintWriter out, PrintWriter err, String... args) {
        return Cli.of(new Main(), out, err, UNUSABLE).execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "init, check, run, tables or export must be given");
    }
}
