package org.ogm4j.study.data.image;

import java.util.random.RandomGenerator;

/**
 * A part of an image.
 *
 * @param x the first column
 * @param y the first row
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @since 0.1.0
 */
public record CropBox(int x, int y, int width, int height) {

    static final double LEAST_AREA = 0.08;
    static final double LARGEST_AREA = 1;
    static final double LEAST_RATIO = 3.0 / 4;
    static final double LARGEST_RATIO = 4.0 / 3;
    private static final int TRIES = 10;

    /**
     * All of an image.
     *
     * @param width its columns
     * @param height its rows
     * @return the box
     */
    public static CropBox whole(int width, int height) {
        return new CropBox(0, 0, width, height);
    }

    /**
     * Draws a box as torchvision's RandomResizedCrop does: its share of the area is uniform in
     * [0.08, 1], the logarithm of width / height uniform in that of [3/4, 4/3], both before
     * rounding to pixels; all places are equally probable. A box that does not fit is drawn again,
     * after ten such draws it is {@link #central}.
     *
     * @param imageWidth columns of the image
     * @param imageHeight rows of the image
     * @param random decides
     * @return the box
     * @see <a
     *     href="https://pytorch.org/vision/stable/generated/torchvision.transforms.RandomResizedCrop.html">RandomResizedCrop</a>
     */
    public static CropBox random(int imageWidth, int imageHeight, RandomGenerator random) {
        double imageArea = (double) imageWidth * imageHeight;
        for (int i = 0; i < TRIES; i++) {
            double area = imageArea * random.nextDouble(LEAST_AREA, LARGEST_AREA);
            double ratio =
                    Math.exp(random.nextDouble(Math.log(LEAST_RATIO), Math.log(LARGEST_RATIO)));
            int width = (int) Math.rint(Math.sqrt(area * ratio));
            int height = (int) Math.rint(Math.sqrt(area / ratio));
            if (width > 0 && width <= imageWidth && height > 0 && height <= imageHeight) {
                int x = random.nextInt(imageWidth - width + 1);
                int y = random.nextInt(imageHeight - height + 1);
                return new CropBox(x, y, width, height);
            }
        }
        return central(imageWidth, imageHeight);
    }

    /**
     * The same part of another image, or of a part of it.
     *
     * @param other what this is to be a part of
     * @param imageWidth columns of the image that this is a part of
     * @param imageHeight its rows
     * @return the part, scaled if the other is of another size
     */
    public CropBox in(CropBox other, int imageWidth, int imageHeight) {
        return new CropBox(
                other.x + scaled(x, other.width, imageWidth),
                other.y + scaled(y, other.height, imageHeight),
                Math.max(1, scaled(width, other.width, imageWidth)),
                Math.max(1, scaled(height, other.height, imageHeight)));
    }

    private static int scaled(int value, int to, int from) {
        return (int) ((long) value * to / from);
    }

    /** The largest box in the middle whose ratio is in [3/4, 4/3]. */
    static CropBox central(int imageWidth, int imageHeight) {
        double ratio = (double) imageWidth / imageHeight;
        int width = imageWidth;
        int height = imageHeight;
        if (ratio < LEAST_RATIO) {
            height = Math.max(1, (int) Math.rint(imageWidth / LEAST_RATIO));
        } else if (ratio > LARGEST_RATIO) {
            width = Math.max(1, (int) Math.rint(imageHeight * LARGEST_RATIO));
        }
        return new CropBox((imageWidth - width) / 2, (imageHeight - height) / 2, width, height);
    }
}
