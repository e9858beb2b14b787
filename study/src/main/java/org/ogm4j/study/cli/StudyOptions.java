package org.ogm4j.study.cli;

import java.nio.file.Path;
import org.ogm4j.study.file.PreparedStudy;
import org.ogm4j.study.file.StudyFile;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which study, and where its data are. */
final class StudyOptions {

    @Parameters(paramLabel = "FILE", description = "The study.json.")
    private Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of the data, in place of the file's.")
    private Path data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where results go, in place of the file's output.")
    private Path out;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How many compute, at least 1; small networks gain nothing from more;"
                            + " default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--help", usageHelp = true, description = "Show this help and stop.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    /** The study. */
    StudyFile read() {
        return StudyFile.read(file);
    }

    /** With its data. */
    PreparedStudy prepare(StudyFile study) {
        return new PreparedStudy(study, data == null ? beside(study.folder()) : data);
    }

    /** Where results go. */
    Path out(StudyFile study) {
        return out == null ? beside(study.output()) : out;
    }

    int threads() {
        return Math.max(1, threads);
    }

    private Path beside(String path) {
        return file.resolveSibling(path).normalize();
    }
}
