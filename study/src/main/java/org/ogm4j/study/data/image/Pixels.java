package org.ogm4j.study.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.ogm4j.study.data.DataException;

/**
 * The red, green and blue of an image in [0, 255], row by row.
 *
 * @since 0.1.0
 */
public final class Pixels {

    /** Red, green, blue. */
    public static final int CHANNELS = 3;

    /** The most pixels that an image may have: 200 MB as numbers. */
    static final long LIMIT = 1L << 24;

    private final int width;
    private final int height;
    private final float[] values;

    /**
     * An image from its numbers.
     *
     * @param width columns
     * @param height rows
     * @param values [3 * height * width], one plane per channel; not copied
     */
    public Pixels(int width, int height, float[] values) {
        this.width = width;
        this.height = height;
        this.values = values;
    }

    /**
     * Decodes a PNG, JPEG, GIF or BMP file, its first picture. Grey levels become all three
     * channels, transparency is dropped, a note of a camera about its position is not looked at.
     *
     * @param file the image
     * @return its pixels
     * @throws DataException if the file is missing, is cut off, has more than 2^24 pixels, or is no
     *     image that can be decoded
     */
    public static Pixels read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file, "no such file");
        }
        try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new DataException(file, "is not an image that can be decoded");
            }
            ImageReader reader = readers.next();
            try {
                BufferedImage image = decode(reader, stream, file);
                return isGrey(image) ? grey(image) : colour(image);
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DataException(file, "cannot be decoded: " + e.getMessage(), e);
        }
    }

    /** The decoder of JPEG fills what is cut off with grey, and only warns. */
    private static BufferedImage decode(ImageReader reader, ImageInputStream stream, Path file)
            throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        reader.setInput(stream, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > LIMIT) {
            throw new DataException(
                    file, "must have at most %d pixels, got %d".formatted(LIMIT, pixels));
        }
        BufferedImage image = reader.read(0);
        for (String warning : warnings) {
            if (warning.contains("Premature") || warning.contains("Corrupt")) {
                throw new DataException(file, "is cut off or damaged: " + warning);
            }
        }
        return image;
    }

    /**
     * Columns.
     *
     * @return the number
     */
    public int width() {
        return width;
    }

    /**
     * Rows.
     *
     * @return the number
     */
    public int height() {
        return height;
    }

    /** The value of a channel at a place. */
    float at(int channel, int x, int y) {
        return values[(channel * height + y) * width + x];
    }

    /**
     * All numbers, one plane per channel.
     *
     * @return {@code [3 * height * width]}; not a copy
     */
    public float[] values() {
        return values;
    }

    /**
     * The lightness of every pixel, {@code 0.299 R + 0.587 G + 0.114 B} (ITU-R BT.601, as JPEG has
     * it); of a grey image its levels.
     *
     * @return {@code [height * width]}
     */
    public float[] lightness() {
        int plane = width * height;
        float[] lightness = new float[plane];
        for (int i = 0; i < plane; i++) {
            float red = values[i];
            float green = values[plane + i];
            float blue = values[2 * plane + i];
            lightness[i] =
                    red == green && green == blue
                            ? red
                            : 0.299f * red + 0.587f * green + 0.114f * blue;
        }
        return lightness;
    }

    private static boolean isGrey(BufferedImage image) {
        return image.getColorModel().getNumColorComponents() == 1
                && !(image.getColorModel() instanceof IndexColorModel);
    }

    /** The stored levels: through getRGB they would pass from a linear scale to that of sRGB. */
    private static Pixels grey(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        Raster raster = image.getRaster();
        float scale = 255f / ((1 << raster.getSampleModel().getSampleSize(0)) - 1);
        float[] values = new float[CHANNELS * width * height];
        for (int i = 0; i < width * height; i++) {
            float level = raster.getSample(i % width, i / width, 0) * scale;
            for (int channel = 0; channel < CHANNELS; channel++) {
                values[channel * width * height + i] = level;
            }
        }
        return new Pixels(width, height, values);
    }

    private static Pixels colour(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
        float[] values = new float[CHANNELS * rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            values[i] = rgb[i] >> 16 & 0xff;
            values[rgb.length + i] = rgb[i] >> 8 & 0xff;
            values[2 * rgb.length + i] = rgb[i] & 0xff;
        }
        return new Pixels(width, height, values);
    }
}
