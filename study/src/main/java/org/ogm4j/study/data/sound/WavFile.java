package org.ogm4j.study.data.sound;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.files.FileBytes;

/**
 * Reads WAV files (RIFF, little-endian): integers of 8 (unsigned), 16, 24 and 32 bits, floating
 * point of 32 and 64 bits, with the plain and with the extensible header, any rate and number of
 * channels. Integers are divided by {@code 2^(bits-1)}, so that they are in [-1, 1); channels are
 * averaged. Compressed formats are refused.
 *
 * @since 0.1.0
 */
public final class WavFile {

    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;

    private final Path file;
    private final FileChannel channel;
    private WavFormat format;
    private long dataStart;

    private WavFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Reads a whole file.
     *
     * @param file a WAV file
     * @return the mean of its channels
     * @throws DataException if it is no WAV, is cut off, holds no sound, has a format that cannot
     *     be read, or a sample that is not finite
     */
    public static Sound read(Path file) {
        return open(file, wav -> wav.sound());
    }

    /**
     * Reads the header alone.
     *
     * @param file a WAV file
     * @return what it says; there may be no sound, or less of it than the header announces
     * @throws DataException if it is no WAV or has a format that cannot be read
     */
    public static WavFormat format(Path file) {
        return open(file, wav -> wav.format);
    }

    private static <T> T open(Path file, Task<T> task) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file, "no such file");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            WavFile wav = new WavFile(file, channel);
            wav.readHeader();
            return task.run(wav);
        } catch (EOFException e) {
            throw new DataException(file, "is cut off inside the header of a WAV file", e);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    private void readHeader() throws IOException {
        ByteBuffer riff = bytes(0, 12);
        if (!tag(riff, 0).equals("RIFF") || !tag(riff, 8).equals("WAVE")) {
            throw new DataException(file, "must be a WAV file, got no header of RIFF and WAVE");
        }
        ByteBuffer fmt = null;
        long position = 12;
        while (true) {
            ByteBuffer chunk = bytes(position, 8);
            long size = chunk.getInt(4) & 0xffffffffL;
            if (tag(chunk, 0).equals("data")) {
                if (fmt == null) {
                    throw DataException.atByte(file, position, "a chunk fmt must come before data");
                }
                dataStart = position + 8;
                format = parse(fmt, size);
                return;
            }
            if (tag(chunk, 0).equals("fmt ")) {
                if (size < 16 || size > 1024) {
                    throw DataException.atByte(
                            file, position, "chunk fmt must have 16 to 1024 bytes, got " + size);
                }
                fmt = bytes(position + 8, (int) size);
            }
            position += 8 + size + size % 2;
        }
    }

    private WavFormat parse(ByteBuffer fmt, long dataBytes) {
        int code = fmt.getShort(0) & 0xffff;
        if (code == EXTENSIBLE && fmt.capacity() >= 26) {
            code = fmt.getShort(24) & 0xffff;
        }
        int channels = fmt.getShort(2) & 0xffff;
        int rate = fmt.getInt(4);
        int block = fmt.getShort(12) & 0xffff;
        int bits = fmt.getShort(14) & 0xffff;
        boolean known =
                code == PCM && (bits == 8 || bits == 16 || bits == 24 || bits == 32)
                        || code == FLOAT && (bits == 32 || bits == 64);
        if (!known) {
            throw new DataException(
                    file,
                    "must be PCM of 8, 16, 24 or 32 bit or floating point of 32 or 64 bit,"
                            + " got format %d of %d bit".formatted(code, bits));
        }
        if (channels < 1 || rate < 1 || block != channels * bits / 8) {
            throw new DataException(
                    file,
                    "must have a channel, a rate and blocks of all channels, got %d channels at %d Hz in blocks of %d bytes"
                            .formatted(channels, rate, block));
        }
        return new WavFormat(rate, channels, bits, code == FLOAT, dataBytes / block);
    }

    private Sound sound() throws IOException {
        long announced = format.frames() * format.block();
        long held = channel.size() - dataStart;
        if (held < announced) {
            throw DataException.atByte(
                    file,
                    channel.size(),
                    "is cut off: the header announces %d bytes of sound, the file holds %d"
                            .formatted(announced, held));
        }
        if (announced == 0) {
            throw new DataException(file, "must hold sound, got none");
        }
        FileBytes.requireSize(file, announced);
        ByteBuffer data = bytes(dataStart, (int) announced);
        double[] samples = new double[(int) format.frames()];
        int width = format.bits() / 8;
        int channels = format.channels();
        for (int i = 0; i < samples.length; i++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                int at = (i * channels + c) * width;
                double x = sample(data, at);
                if (!Double.isFinite(x)) {
                    throw DataException.atByte(
                            file, dataStart + at, "samples must be finite, got " + x);
                }
                sum += x;
            }
            samples[i] = sum / channels;
        }
        return new Sound(format.rate(), samples);
    }

    private double sample(ByteBuffer data, int at) {
        if (format.floating()) {
            return format.bits() == 32 ? data.getFloat(at) : data.getDouble(at);
        }
        return switch (format.bits()) {
            case 8 -> ((data.get(at) & 0xff) - 128) / 128.0;
            case 16 -> data.getShort(at) / 32768.0;
            case 24 ->
                    ((data.get(at) & 0xff)
                                    | (data.get(at + 1) & 0xff) << 8
                                    | data.get(at + 2) << 16)
                            / 8388608.0;
            default -> data.getInt(at) / 2147483648.0;
        };
    }

    private ByteBuffer bytes(long position, int count) throws IOException {
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

    private static String tag(ByteBuffer bytes, int at) {
        byte[] tag = new byte[4];
        bytes.get(at, tag);
        return new String(tag, StandardCharsets.ISO_8859_1);
    }

    @FunctionalInterface
    private interface Task<T> {
        T run(WavFile wav) throws IOException;
    }
}
