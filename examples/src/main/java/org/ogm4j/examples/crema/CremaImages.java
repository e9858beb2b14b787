package org.ogm4j.examples.crema;

import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.image.CropBox;
import org.ogm4j.study.data.image.Pixels;
import org.ogm4j.study.data.image.Resizing;

/**
 * From an image file to [3, 224, 224], as OGM-GE's published code does it with torchvision: cut and
 * resize, then {@code (value/255 - mean) / deviation} with the mean and the standard deviation of
 * ImageNet's red, green and blue.
 */
public final class CremaImages {

    /** Rows and columns. */
    public static final int SIZE = 224;

    /** Red, green, blue. */
    public static final int CHANNELS = Pixels.CHANNELS;

    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private CremaImages() {}

    /**
     * For training: a random part of the image, resized, and mirrored left to right in every second
     * case.
     *
     * @param random decides which part, and whether to mirror
     * @return {@code [3 * 224 * 224]}
     * @throws DataException if the file cannot be used
     */
    public static float[] train(Path file, RandomGenerator random) {
        Pixels image = Pixels.read(file);
        CropBox box = CropBox.random(image.width(), image.height(), random);
        float[] values = Resizing.resize(image, box, SIZE, SIZE).values();
        if (random.nextBoolean()) {
            flip(values, SIZE);
        }
        return normalized(values);
    }

    /**
     * For validation and test: the whole image, squeezed to a square.
     *
     * @return {@code [3 * 224 * 224]}
     * @throws DataException if the file cannot be used
     */
    public static float[] test(Path file) {
        Pixels image = Pixels.read(file);
        CropBox whole = CropBox.whole(image.width(), image.height());
        return normalized(Resizing.resize(image, whole, SIZE, SIZE).values());
    }

    /** Reverses every row, in place. */
    static void flip(float[] values, int width) {
        for (int row = 0; row < values.length; row += width) {
            for (int x = 0; x < width / 2; x++) {
                float left = values[row + x];
                values[row + x] = values[row + width - 1 - x];
                values[row + width - 1 - x] = left;
            }
        }
    }

    private static float[] normalized(float[] values) {
        int plane = values.length / CHANNELS;
        for (int i = 0; i < values.length; i++) {
            int channel = i / plane;
            values[i] = (values[i] / 255f - MEAN[channel]) / DEVIATION[channel];
        }
        return values;
    }
}
