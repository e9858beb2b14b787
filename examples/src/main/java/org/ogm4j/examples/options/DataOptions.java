package org.ogm4j.examples.options;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.data.DigitData;
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
            description = "Use at most N pictures of each split; default: all.")
    private Integer limit;

    /** The layout. */
    public DataFormat format() {
        return format;
    }

    /**
     * Reads the data.
     *
     * @throws ParameterException if the options do not say which
     */
    public DigitData read() {
        if (limit != null && limit < 1) {
            throw new ParameterException(
                    spec.commandLine(), "limit must be at least 1, got " + limit);
        }
        if (data == null && format != DataFormat.DIGITS) {
            throw new ParameterException(
                    spec.commandLine(), "--format " + format + " needs --data DIR");
        }
        if (data == null && !Files.isDirectory(SHIPPED)) {
            throw new ParameterException(
                    spec.commandLine(),
                    SHIPPED.toAbsolutePath()
                            + ": no such folder; run from the project's root or use --data DIR");
        }
        DigitData digits = format.read(data == null ? SHIPPED : data);
        return limit == null ? digits : digits.limit(limit);
    }
}
