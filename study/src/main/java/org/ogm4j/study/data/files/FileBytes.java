package org.ogm4j.study.data.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ogm4j.study.data.DataException;

/**
 * The bytes of a file that is read as a whole. Files above 256 MiB are refused: so decoding takes
 * no more memory than a small multiple of that for each core.
 *
 * @since 0.1.0
 */
public final class FileBytes {

    /** The largest file that is read as a whole, 256 MiB. */
    public static final long LIMIT = 256L << 20;

    private FileBytes() {}

    /**
     * All bytes of a file.
     *
     * @param file what to read
     * @return its bytes
     * @throws DataException if there is no such file, if it is too large or cannot be read
     */
    public static byte[] read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file, "no such file");
        }
        try {
            requireSize(file, Files.size(file));
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * All text of a file.
     *
     * @param file what to read, in UTF-8; a byte order mark is passed over
     * @return its text
     * @throws DataException as {@link #read} does, and if it is not UTF-8
     */
    public static String text(Path file) {
        byte[] bytes = read(file);
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DataException(file, "must be text in UTF-8, got other bytes", e);
        }
    }

    /**
     * Checks what is to be read as a whole.
     *
     * @param file to be named
     * @param bytes its size, or the size of a part
     * @throws DataException if it is too large
     */
    public static void requireSize(Path file, long bytes) {
        if (bytes > LIMIT) {
            throw new DataException(
                    file, "must have at most %d bytes to be read, got %d".formatted(LIMIT, bytes));
        }
    }
}
