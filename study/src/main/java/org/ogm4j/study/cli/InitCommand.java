package org.ogm4j.study.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.data.description.FolderGuess;
import org.ogm4j.study.file.StudyDraft;
import org.ogm4j.study.store.WholeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a study.json for a folder. */
@Command(
        name = "init",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Looks into a folder and writes a study.json into it, with comments on what was"
                        + " decided and what else could stand there.")
final class InitCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder of the data.")
    private Path folder;

    @Option(names = "--force", description = "Replace a study.json that is there.")
    private boolean force;

    @Option(names = "--help", usageHelp = true, description = "Show this help and stop.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Override
    public Integer call() throws IOException {
        Path file = folder.resolve("study.json");
        if (Files.exists(file) && !force) {
            throw new StudyException(file + " is there already: --force replaces it");
        }
        FolderGuess guess = FolderGuess.of(folder);
        String text = StudyDraft.of(guess, folder);
        WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        PrintWriter console = spec.commandLine().getOut();
        guess.notes().forEach(console::println);
        console.println("Written: " + file + ". Look at it, then, as before: run " + file);
        console.flush();
        return 0;
    }
}
