package org.ogm4j.examples.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The finished runs, one file each, {@code runs/KEY.json}. A file appears whole or not at all, so a
 * run that was killed has none. What went wrong is in {@code runs/KEY.error.json} until the run
 * succeeds.
 */
final class RunStore {

    private final Path runs;

    RunStore(Path folder) throws IOException {
        this.runs = Files.createDirectories(folder.resolve("runs"));
    }

    /** The finished run; a file that cannot be read, or is of another run, is none. */
    Optional<RunRecord> find(String key) {
        try {
            RunRecord found = Json.MAPPER.readValue(file(key).toFile(), RunRecord.class);
            return Optional.of(found).filter(run -> key.equals(run.key()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void finished(RunRecord run) throws IOException {
        write(file(run.key()), run);
        Files.deleteIfExists(errorFile(run.key()));
    }

    void failed(String key, Throwable error) throws IOException {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        write(errorFile(key), new Failure(key, error.toString(), trace.toString()));
    }

    static void write(Path file, Object content) throws IOException {
        write(file, Json.MAPPER.writeValueAsString(content) + "\n");
    }

    static void write(Path file, String content) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces a file, whole or not at all. */
    static void write(Path file, byte[] content) throws IOException {
        // not a temporary file of Java's, which only its owner could read
        String name = "%s.%d.tmp".formatted(file.getFileName(), ProcessHandle.current().pid());
        Path temporary = file.resolveSibling(name);
        try {
            Files.write(temporary, content);
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Path file(String key) {
        return runs.resolve(key + ".json");
    }

    private Path errorFile(String key) {
        return runs.resolve(key + ".error.json");
    }

    /**
     * A run that did not finish.
     *
     * @param key of the job
     * @param error in one line
     * @param trace where it happened
     */
    record Failure(String key, String error, String trace) {}
}
