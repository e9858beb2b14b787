package org.ogm4j.examples.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads gzipped IDX files, the format of MNIST: a big-endian magic number, one size per dimension,
 * then unsigned bytes.
 *
 * @see <a href="http://yann.lecun.com/exdb/mnist/">LeCun, Cortes, Burges: The MNIST database of
 *     handwritten digits</a>
 */
final class IdxFile {

    private static final int LABELS_MAGIC = 0x0801;
    private static final int IMAGES_MAGIC = 0x0803;
    private static final int CLASSES = 10;

    private IdxFile() {}

    /**
     * Reads the images and labels of a folder.
     *
     * @param folder holds {@code images-idx3-ubyte.gz} and {@code labels-idx1-ubyte.gz}
     * @throws DataException if a file is missing, cut short or of the wrong kind, if an image is
     *     not 28 x 28, if a label is above 9, or if there are not as many labels as images
     */
    static List<Picture> read(Path folder) {
        Path imageFile = folder.resolve("images-idx3-ubyte.gz");
        Path labelFile = folder.resolve("labels-idx1-ubyte.gz");
        List<float[]> images = images(imageFile);
        byte[] labels = labels(labelFile);
        if (images.size() != labels.length) {
            throw new DataException(
                    labelFile,
                    "holds %d labels, but %s holds %d images"
                            .formatted(labels.length, imageFile, images.size()));
        }
        List<Picture> pictures = new ArrayList<>(labels.length);
        for (int i = 0; i < labels.length; i++) {
            pictures.add(new Picture(labels[i], images.get(i)));
        }
        return pictures;
    }

    private static List<float[]> images(Path file) {
        return parse(
                file,
                in -> {
                    requireMagic(file, in.readInt(), IMAGES_MAGIC, "images");
                    int count = in.readInt();
                    int rows = in.readInt();
                    int columns = in.readInt();
                    if (rows != Picture.SIZE || columns != Picture.SIZE) {
                        throw new DataException(
                                file,
                                "must hold images of 28 x 28, got %d x %d"
                                        .formatted(rows, columns));
                    }
                    List<float[]> images = new ArrayList<>();
                    byte[] bytes = new byte[rows * columns];
                    for (int i = 0; i < count; i++) {
                        in.readFully(bytes);
                        images.add(unitInterval(bytes));
                    }
                    return images;
                });
    }

    private static byte[] labels(Path file) {
        return parse(
                file,
                in -> {
                    requireMagic(file, in.readInt(), LABELS_MAGIC, "labels");
                    int count = in.readInt();
                    byte[] labels = in.readNBytes(count);
                    if (labels.length < count) {
                        throw new EOFException();
                    }
                    for (byte label : labels) {
                        if (label < 0 || label >= CLASSES) {
                            throw new DataException(
                                    file, "label must be 0 to 9, got " + (label & 0xff));
                        }
                    }
                    return labels;
                });
    }

    private static <T> T parse(Path file, Parser<T> parser) {
        try (DataInputStream in =
                new DataInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16))) {
            return parser.parse(in);
        } catch (NoSuchFileException e) {
            throw new DataException(file, "no such file", e);
        } catch (ZipException e) {
            throw new DataException(file, "is not gzipped: " + e.getMessage(), e);
        } catch (EOFException e) {
            throw new DataException(file, "is cut short", e);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static void requireMagic(Path file, int magic, int expected, String kind) {
        if (magic != expected) {
            throw new DataException(
                    file,
                    "must be an IDX file of %s with magic number %d, got %d"
                            .formatted(kind, expected, magic));
        }
    }

    private static float[] unitInterval(byte[] bytes) {
        float[] pixels = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            pixels[i] = (bytes[i] & 0xff) / 255f;
        }
        return pixels;
    }

    @FunctionalInterface
    private interface Parser<T> {
        T parse(DataInputStream in) throws IOException;
    }
}
