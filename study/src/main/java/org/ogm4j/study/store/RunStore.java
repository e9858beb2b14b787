package org.ogm4j.study.store;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The finished runs, one file each, {@code runs/KEY.json}. A file appears whole or not at all, so a
 * run that was killed has none. What went wrong is in {@code runs/KEY.error.json} until the run
 * succeeds. A file that is no run is renamed to {@code runs/KEY.json.damaged} and named in {@link
 * #damaged()}; its run counts as missing. {@code locks/KEY.lock} is for processes that share the
 * folder; these files stay, and mean nothing when no process is at work.
 *
 * @param <R> what is kept of a run
 */
public final class RunStore<R> {

    private final Path runs;
    private final Path locks;
    private final Class<R> type;
    private final Function<R, String> keyOf;
    private final Map<String, String> damaged = new LinkedHashMap<>();

    /**
     * Opens a folder, or makes it.
     *
     * @param keyOf the key that a run says itself
     * @throws IOException if nothing can be written there
     */
    public RunStore(Path folder, Class<R> type, Function<R, String> keyOf) throws IOException {
        this.runs = folder.resolve("runs");
        this.locks = folder.resolve("locks");
        this.type = type;
        this.keyOf = keyOf;
        for (Path needed : new Path[] {runs, locks}) {
            try {
                Files.createDirectories(needed);
            } catch (IOException e) {
                throw new IOException("%s cannot be made: %s".formatted(needed, e), e);
            }
        }
        Path trial = runs.resolve("writable." + ProcessHandle.current().pid());
        WholeFile.write(trial, "yes"); // an empty file fits on a full disk
        Files.delete(trial);
    }

    /**
     * The finished run.
     *
     * @return empty if there is none, or none that can be read
     */
    public Optional<R> find(String key) throws IOException {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException("%s cannot be read: %s".formatted(file, e), e);
        }
        try {
            R found = Json.MAPPER.readValue(content, type);
            String own = found == null ? "of nobody" : keyOf.apply(found);
            if (key.equals(own)) {
                return Optional.of(found);
            }
            putAside(key, "it is the run " + own);
        } catch (IOException e) {
            putAside(key, String.valueOf(e.getMessage()).lines().findFirst().orElse("empty"));
        }
        return Optional.empty();
    }

    private void putAside(String key, String reason) throws IOException {
        Path aside = runs.resolve(key + ".json.damaged");
        Files.move(file(key), aside, StandardCopyOption.REPLACE_EXISTING);
        damaged.put(
                key, "no run could be read from its file, kept as %s: %s".formatted(aside, reason));
    }

    /** The files that were no runs: what was wrong, by key. */
    public Map<String, String> damaged() {
        return damaged;
    }

    /** Keeps a run. */
    public void finished(R run) throws IOException {
        String key = keyOf.apply(run);
        WholeFile.writeJson(file(key), run);
        Files.deleteIfExists(errorFile(key));
    }

    /** Keeps what went wrong. */
    public void failed(String key, Throwable error) throws IOException {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        WholeFile.writeJson(errorFile(key), new Failure(key, error.toString(), trace.toString()));
    }

    /**
     * Marks a run as under way.
     *
     * @return empty if another process has done so
     */
    public Optional<RunLock> lock(String key) throws IOException {
        return RunLock.take(locks.resolve(key + ".lock"));
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
     * @param key of the run
     * @param error in one line
     * @param trace where it happened
     */
    record Failure(String key, String error, String trace) {}
}
