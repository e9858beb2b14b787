package org.ogm4j.study.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.file.PreparedStudy;
import org.ogm4j.study.file.StudyFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private int threads;

    /** Far more than there are processors end the whole program, not only with an exception. */
    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How many compute, 1 to the number of processors; small networks gain nothing"
                            + " from more; default: ${DEFAULT-VALUE}.")
    void setThreads(int count) {
        int most = Runtime.getRuntime().availableProcessors();
        if (count < 1 || count > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--threads must be 1 to %d, the processors here, got %d"
                            .formatted(most, count));
        }
        threads = count;
    }

    @Option(names = "--help", usageHelp = true, description = "Show this help and stop.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    /** The study. */
    StudyFile read() {
        return StudyFile.read(file);
    }

    /** With its data. */
    PreparedStudy prepare(StudyFile study) {
        Path folder = data == null ? beside(study.folder()) : data;
        try {
            PreparedStudy prepared = new PreparedStudy(study, folder);
            prepared.study("").check(); // what contradicts is told before anything is written
            return prepared;
        } catch (StudyException e) {
            throw new StudyException(StudyFile.placed(file, e.getMessage()), e);
        }
    }

    /** What goes, and may not be meant. */
    void warn(PreparedStudy study, PrintWriter err) {
        study.warnings().forEach(each -> err.println("warning: " + file + ": " + each));
        err.flush();
    }

    /** Where results go. */
    Path out(StudyFile study) {
        return out == null ? beside(study.output()) : out;
    }

    int threads() {
        return threads;
    }

    private Path beside(String path) {
        return file.resolveSibling(path).normalize();
    }
}
