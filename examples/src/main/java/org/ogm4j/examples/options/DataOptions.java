package org.ogm4j.examples.options;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ogm4j.examples.crema.CremaSource;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.signal.NoiseLevels;
import org.ogm4j.examples.training.DigitSource;
import org.ogm4j.examples.training.Source;
import org.ogm4j.study.data.DataException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which data to use, for every command; see {@link Mixin}. */
public final class DataOptions {

    private static final Path SHIPPED = Path.of("examples", "data", "digits");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--format",
            defaultValue = "digits",
            description =
                    "Layout of the data: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private DataFormat format;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data; default: examples/data/digits.")
    private Path data;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Use at most N pictures, or clips, of each split; default: all.")
    private Integer limit;

    @ArgGroup(exclusive = false, heading = "For --format crema-d:%n")
    private ClipOptions clips;

    /** The layout. */
    public DataFormat format() {
        return format;
    }

    /**
     * What to train on. Says on the console what was found, if some of it may be missing.
     *
     * @param noise of digits
     * @param seed of the noise with which digits are measured to standardise them
     * @throws ParameterException if the options do not say which data
     * @throws DataException if the data cannot be used
     */
    public Source source(NoiseLevels noise, long seed) {
        return format == DataFormat.CREMA_D ? clips() : DigitSource.of(read(), noise, seed);
    }

    /**
     * Reads digits.
     *
     * @throws ParameterException if the options do not say which
     * @throws DataException if they cannot be used
     */
    public DigitData read() {
        check();
        if (format == DataFormat.CREMA_D) {
            throw usageError("compare reads digits, got --format " + format);
        }
        if (clips != null) {
            throw usageError(
                    "--frames, --lists, --test-actors and --validation-actors are for"
                            + " --format crema-d, got "
                            + format);
        }
        if (data == null && !Files.isDirectory(SHIPPED)) {
            throw usageError(
                    SHIPPED.toAbsolutePath()
                            + ": no such folder; run from the project's root or use --data DIR");
        }
        DigitData digits = format.read(data == null ? SHIPPED : data);
        return limit == null ? digits : digits.limit(limit);
    }

    private Source clips() {
        check();
        CremaSource found;
        try {
            found =
                    (clips == null ? new ClipOptions() : clips)
                            .in(data, limit == null ? Integer.MAX_VALUE : limit);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        PrintWriter console = spec.commandLine().getOut();
        console.println(found.summary());
        console.flush();
        return found;
    }

    private void check() {
        if (limit != null && limit < 1) {
            throw usageError("limit must be at least 1, got " + limit);
        }
        if (data == null && format != DataFormat.DIGITS) {
            throw usageError("--format " + format + " needs --data DIR");
        }
    }

    private ParameterException usageError(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
