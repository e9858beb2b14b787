package org.ogm4j.examples.crema;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.ogm4j.examples.data.DataException;

/** The red, green and blue of an image in [0, 255], row by row. */
final class Pixels {

    /** Red, green, blue. */
    static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final float[] values;

    /**
     * @param values [3 * height * width], one plane per channel; not copied
     */
    Pixels(int width, int height, float[] values) {
        this.width = width;
        this.height = height;
        this.values = values;
    }

    /**
     * Decodes a file. Grey levels become all three channels, transparency is dropped.
     *
     * @throws DataException if the file is missing or is no image that can be decoded
     */
    static Pixels read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file, "no such file");
        }
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            if (image == null) {
                throw new DataException(file, "is not an image that can be decoded");
            }
            return isGrey(image) ? grey(image) : colour(image);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(file, "cannot be decoded: " + e.getMessage(), e);
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The value of a channel at a place. */
    float at(int channel, int x, int y) {
        return values[(channel * height + y) * width + x];
    }

    /** [3 * height * width]; not a copy. */
    float[] values() {
        return values;
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
