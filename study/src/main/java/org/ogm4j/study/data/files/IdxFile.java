package org.ogm4j.study.data.files;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.ogm4j.study.data.DataException;

/**
 * An IDX file of unsigned bytes, the format of MNIST, gzipped or not: two zero bytes, a byte 8 for
 * the type, a byte for the number of dimensions, one big-endian size per dimension, then the bytes.
 *
 * @see <a href="http://yann.lecun.com/exdb/mnist/">LeCun, Cortes, Burges: The MNIST database of
 *     handwritten digits</a>
 * @since 0.1.0
 */
public final class IdxFile {

    private static final int UNSIGNED_BYTES = 8;

    private final int[] shape;
    private final byte[] bytes;

    private IdxFile(int[] shape, byte[] bytes) {
        this.shape = shape;
        this.bytes = bytes;
    }

    /**
     * Reads a file.
     *
     * @param file what to read
     * @param dimensions how many it must have: 1 for labels, 3 for images
     * @return its content
     * @throws DataException if it is missing, cut off or of another kind
     */
    public static IdxFile read(Path file, int dimensions) {
        ByteBuffer content = ByteBuffer.wrap(unpacked(file));
        int expected = UNSIGNED_BYTES << 8 | dimensions;
        int head = 4 + 4 * dimensions;
        if (content.capacity() < 4) {
            throw new DataException(file, "is cut short");
        }
        int magic = content.getInt(0);
        if (magic != expected) {
            throw new DataException(
                    file,
                    "must be an IDX file of %s with magic number %d, got %d"
                            .formatted(dimensions == 1 ? "labels" : "images", expected, magic));
        }
        if (content.capacity() < head) {
            throw new DataException(file, "is cut short");
        }
        int[] shape = new int[dimensions];
        long length = 1;
        for (int d = 0; d < dimensions; d++) {
            shape[d] = content.getInt(4 + 4 * d);
            if (shape[d] < 0) {
                throw DataException.atByte(
                        file, 4 + 4L * d, "sizes must not be negative, got " + shape[d]);
            }
            length = Math.min(Long.MAX_VALUE / Integer.MAX_VALUE, length * shape[d]);
        }
        if (content.capacity() - head < length) {
            throw new DataException(
                    file,
                    "is cut short: the header announces %d bytes, there are %d"
                            .formatted(length, content.capacity() - head));
        }
        byte[] bytes = new byte[(int) length];
        content.get(head, bytes);
        return new IdxFile(shape, bytes);
    }

    /**
     * The sizes.
     *
     * @return a copy
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * A byte.
     *
     * @param place of it, all dimensions counted through, the last one fastest
     * @return 0 to 255
     */
    public int at(int place) {
        return bytes[place] & 0xff;
    }

    private static byte[] unpacked(Path file) {
        byte[] raw = FileBytes.read(file);
        if (!file.toString().endsWith(".gz")) {
            return raw;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(raw))) {
            byte[] unpacked = in.readNBytes((int) FileBytes.LIMIT + 1);
            FileBytes.requireSize(file, unpacked.length);
            return unpacked;
        } catch (ZipException e) {
            throw new DataException(file, "is not gzipped: " + e.getMessage(), e);
        } catch (EOFException e) {
            throw new DataException(file, "is cut short", e);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read: " + e.getMessage(), e);
        }
    }
}
