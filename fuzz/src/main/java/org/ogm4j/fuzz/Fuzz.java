package org.ogm4j.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Gives a reader files that were made to break it. Whatever it throws, but a refusal, is a finding,
 * and so is what takes longer than 10 seconds or more than the heap.
 *
 * @see <a href="https://github.com/CodeIntelligenceTesting/jazzer">Jazzer, which makes the files,
 *     guided by the branches that they reach</a>
 */
public final class Fuzz {

    private static final String TARGET = "fuzz.target";

    private static Target target;
    private static Path file;

    private Fuzz() {}

    /**
     * Takes the name of a {@link Target}, how many files, the folder of valid ones, and another.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.setProperty(TARGET, args[0]);
        Path own = Files.createDirectories(Path.of(args[3], "corpus", args[0]));
        Jazzer.main(
                new String[] {
                    "--target_class=" + Fuzz.class.getName(),
                    "--instrumentation_includes=org.ogm4j.**",
                    "--reproducer_path=" + args[3],
                    "-artifact_prefix=" + args[3] + "/",
                    "-max_len=65536",
                    "-timeout=10",
                    "-rss_limit_mb=0",
                    "-runs=" + args[1],
                    own.toString(),
                    Path.of(args[2], args[0]).toString()
                });
    }

    /** Jazzer calls it once. */
    public static void fuzzerInitialize() throws IOException {
        target = Target.valueOf(System.getProperty(TARGET));
        file = Files.createTempDirectory("fuzz").resolve(target.fileName());
        Files.createDirectories(file.getParent());
    }

    /** Jazzer calls it for each file. */
    public static void fuzzerTestOneInput(byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        target.accepts(file);
    }
}
