package org.ogm4j.study.data.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ogm4j.study.data.DataException;

/**
 * A NumPy array in a .npy file, format versions 1 to 3: floats of 32 and 64 bits, signed and
 * unsigned integers of 8 to 64 bits, booleans; little-endian or big-endian; in C or in Fortran
 * order. What is read is in C order and in single precision: integers above 2^24 and doubles are
 * rounded.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The format,
 *     as NumPy describes it</a>
 * @since 0.1.0
 */
public final class NpyFile {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE =
            Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-zA-Z])(\\d{1,2})'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\sL]*)\\)");
    private static final int LONGEST_HEADER = 1 << 20;

    /** More numbers than this no file has. */
    private static final long MOST = 1L << 44;

    private final Path file;
    private final char kind;
    private final int width;
    private final ByteOrder order;
    private final boolean fortran;
    private final int[] shape;
    private final long start;

    /** Reads the header alone. */
    private NpyFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        ByteBuffer preamble = bytes(channel, 0, 10);
        for (int i = 0; i < MAGIC.length; i++) {
            if (preamble.get(i) != MAGIC[i]) {
                throw new DataException(file, "must be a .npy file, got another first byte");
            }
        }
        int version = preamble.get(6);
        if (version < 1 || version > 3) {
            throw DataException.atByte(file, 6, "version must be 1, 2 or 3, got " + version);
        }
        int head = version == 1 ? 10 : 12;
        long length =
                version == 1
                        ? preamble.getShort(8) & 0xffff
                        : bytes(channel, 8, 4).getInt(0) & 0xffffffffL;
        if (length > LONGEST_HEADER) {
            throw DataException.atByte(
                    file, 8, "the header must have at most 2^20 bytes, got " + length);
        }
        byte[] text = bytes(channel, head, (int) length).array();
        String header = new String(text, StandardCharsets.UTF_8);
        Matcher type = find(TYPE, header, "a plain type such as '<f4'");
        this.kind = type.group(2).charAt(0);
        this.width = Integer.parseInt(type.group(3));
        this.order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        requireType(type.group());
        this.fortran =
                find(ORDER, header, "'fortran_order': True or False").group(1).equals("True");
        this.shape = sizes(find(SHAPE, header, "'shape': sizes in brackets").group(1));
        this.start = head + length;
        requireComplete(channel.size());
    }

    /**
     * Reads the header of a file, and checks that all numbers are there.
     *
     * @param file the .npy file
     * @return the array, whose numbers are read when asked for
     * @throws DataException if it is no such file, is cut off, or has another type
     */
    public static NpyFile open(Path file) {
        return with(file, channel -> new NpyFile(file, channel));
    }

    /**
     * The sizes.
     *
     * @return a copy; empty for a single number
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * All numbers.
     *
     * @return in C order
     * @throws DataException if the file is larger than {@link FileBytes#LIMIT}, or a number is not
     *     finite
     */
    public float[] read() {
        int length = held(length(shape));
        return with(file, channel -> numbers(channel, 0, length, fortran));
    }

    /**
     * The numbers of one place along the first axis, read from the file alone, whose size does not
     * matter.
     *
     * @param place along the first axis, from 0
     * @return in C order
     * @throws DataException if the array is in Fortran order, where these numbers are not together,
     *     if they are more than {@link FileBytes#LIMIT}, or if a number is not finite
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public float[] row(int place) {
        if (fortran && shape.length > 1) {
            throw new DataException(
                    file, "must be in C order to be read by rows, got Fortran order");
        }
        Objects.checkIndex(place, shape.length == 0 ? 0 : shape[0]);
        int length = held(length(shape) / shape[0]);
        return with(file, channel -> numbers(channel, (long) place * length, length, false));
    }

    /**
     * Whether the numbers of a row are together in the file.
     *
     * @return false for Fortran order
     */
    public boolean inRows() {
        return !fortran || shape.length < 2;
    }

    private float[] numbers(FileChannel channel, long first, int count, boolean columnsFirst)
            throws IOException {
        ByteBuffer raw = bytes(channel, start + first * width, count * width).order(order);
        float[] numbers = new float[count];
        int[] strides = columnsFirst ? fortranStrides() : null;
        for (int i = 0; i < count; i++) {
            int place = columnsFirst ? inFortran(i, strides) : i;
            double x = number(raw, place * width);
            numbers[i] = (float) x;
            if (!Float.isFinite(numbers[i])) {
                throw DataException.atByte(
                        file,
                        start + (first + place) * width,
                        "numbers must be finite in single precision, got " + x);
            }
        }
        return numbers;
    }

    /** So many numbers, if they can be read as a whole. */
    private int held(long count) {
        FileBytes.requireSize(file, count * width);
        return (int) count;
    }

    private int[] fortranStrides() {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int d = 0; d < shape.length; d++) {
            strides[d] = stride;
            stride *= shape[d];
        }
        return strides;
    }

    /** Where the number is in Fortran order that is at a place in C order. */
    private int inFortran(int place, int[] strides) {
        int rest = place;
        int there = 0;
        for (int d = shape.length - 1; d >= 0; d--) {
            there += rest % shape[d] * strides[d];
            rest /= shape[d];
        }
        return there;
    }

    private double number(ByteBuffer raw, int at) {
        return switch (kind) {
            case 'f' -> width == 4 ? raw.getFloat(at) : raw.getDouble(at);
            case 'b' -> raw.get(at) == 0 ? 0 : 1;
            case 'i' ->
                    switch (width) {
                        case 1 -> raw.get(at);
                        case 2 -> raw.getShort(at);
                        case 4 -> raw.getInt(at);
                        default -> raw.getLong(at);
                    };
            default ->
                    switch (width) {
                        case 1 -> raw.get(at) & 0xff;
                        case 2 -> raw.getShort(at) & 0xffff;
                        case 4 -> raw.getInt(at) & 0xffffffffL;
                        default -> unsigned(raw.getLong(at));
                    };
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : 2.0 * (bits >>> 1);
    }

    private void requireType(String found) {
        boolean known =
                switch (kind) {
                    case 'f' -> width == 4 || width == 8;
                    case 'i', 'u' -> width == 1 || width == 2 || width == 4 || width == 8;
                    case 'b' -> width == 1;
                    default -> false;
                };
        if (!known) {
            throw new DataException(
                    file, "type must be f4, f8, i1 to i8, u1 to u8 or b1, got " + found);
        }
    }

    private void requireComplete(long size) {
        long needed = length(shape) * width;
        if (size - start < needed) {
            throw DataException.atByte(
                    file,
                    size,
                    "is cut off: shape %s needs %d bytes, there are %d"
                            .formatted(Arrays.toString(shape), needed, size - start));
        }
    }

    private int[] sizes(String text) {
        try {
            return Arrays.stream(text.replace("L", "").split(","))
                    .map(String::strip)
                    .filter(size -> !size.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new DataException(file, "sizes must be below 2^31, got " + text, e);
        }
    }

    private long length(int[] sizes) {
        long length = 1;
        for (int size : sizes) {
            if (size > 0 && length > MOST / size) {
                throw new DataException(
                        file, "must have fewer numbers, got shape " + Arrays.toString(sizes));
            }
            length *= size;
        }
        return length;
    }

    private Matcher find(Pattern pattern, String header, String rule) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new DataException(
                    file, "the header must have %s, got %s".formatted(rule, header.strip()));
        }
        return matcher;
    }

    private static ByteBuffer bytes(FileChannel channel, long position, int count)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        long at = position;
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, at);
            if (read < 0) {
                throw new EOFException();
            }
            at += read;
        }
        return bytes.flip();
    }

    private static <T> T with(Path file, Task<T> task) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file, "no such file");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return task.run(channel);
        } catch (EOFException e) {
            throw new DataException(file, "is cut off inside the header of a .npy file", e);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Task<T> {
        T run(FileChannel channel) throws IOException;
    }
}
