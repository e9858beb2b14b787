package org.ogm4j.study.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that are there whole or not at all. */
public final class WholeFile {

    private WholeFile() {}

    /** Replaces a file by an object's JSON. */
    public static void writeJson(Path file, Object content) throws IOException {
        write(file, Json.MAPPER.writeValueAsString(content) + "\n");
    }

    /** Replaces a file by text. */
    public static void write(Path file, String content) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Replaces a file.
     *
     * @throws IOException that names the file, if it cannot be written; what was there is kept
     */
    public static void write(Path file, byte[] content) throws IOException {
        // not a temporary file of Java's, which only its owner could read
        String name = "%s.%d.tmp".formatted(file.getFileName(), ProcessHandle.current().pid());
        Path temporary = file.resolveSibling(name);
        try {
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
        } catch (IOException e) {
            throw new IOException("%s cannot be written: %s".formatted(file, reason(e)), e);
        }
    }

    /** What went wrong, without the file's name again. */
    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains(".tmp") || e.getMessage() == null ? e.toString() : message;
    }
}
