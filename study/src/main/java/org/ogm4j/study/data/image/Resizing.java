package org.ogm4j.study.data.image;

/**
 * Bilinear resizing of a part of an image, columns first and rows then.
 *
 * <p>Each new pixel is the mean of old ones under a triangle centred where the new pixel's centre
 * falls, as wide as two old pixels or two new ones, whichever is more. So an image that is made
 * smaller is smoothed and not only sampled, as in Pillow, which torchvision resizes with and which
 * besides rounds to whole levels after either pass. java.awt's bilinear mode does not smooth. The
 * size that an image has already leaves it as it is.
 *
 * @since 0.1.0
 */
public final class Resizing {

    /** For every new place the first old one that counts, and the weights from there on. */
    private final int[] first;

    private final float[][] weights;

    private Resizing(int from, int length, int size) {
        this.first = new int[size];
        this.weights = new float[size][];
        double scale = (double) length / size;
        double support = Math.max(1, scale);
        for (int i = 0; i < size; i++) {
            double centre = (i + 0.5) * scale;
            int low = Math.max(0, (int) (centre - support + 0.5));
            int high = Math.min(length, (int) (centre + support + 0.5));
            first[i] = from + low;
            weights[i] = triangle(centre - low, support, high - low);
        }
    }

    /**
     * A part of an image in another size.
     *
     * @param image the whole image
     * @param box the part
     * @param width new columns
     * @param height new rows
     * @return a new image of this size
     */
    public static Pixels resize(Pixels image, CropBox box, int width, int height) {
        Resizing columns = new Resizing(box.x(), box.width(), width);
        Resizing rows = new Resizing(box.y(), box.height(), height);
        float[] values = new float[Pixels.CHANNELS * width * height];
        float[] narrow = new float[box.height() * width];
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            for (int y = 0; y < box.height(); y++) {
                for (int x = 0; x < width; x++) {
                    narrow[y * width + x] = columns.row(image, channel, box.y() + y, x);
                }
            }
            for (int y = 0; y < height; y++) {
                rows.column(narrow, box.y(), y, values, (channel * height + y) * width, width);
            }
        }
        return new Pixels(width, height, values);
    }

    private float row(Pixels image, int channel, int y, int x) {
        float sum = 0;
        for (int k = 0; k < weights[x].length; k++) {
            sum += weights[x][k] * image.at(channel, first[x] + k, y);
        }
        return sum;
    }

    /** Adds up the rows, each as long as the result is wide, for the new row y. */
    private void column(float[] narrow, int top, int y, float[] values, int offset, int width) {
        for (int k = 0; k < weights[y].length; k++) {
            int old = (first[y] + k - top) * width;
            for (int x = 0; x < width; x++) {
                values[offset + x] += weights[y][k] * narrow[old + x];
            }
        }
    }

    private static float[] triangle(double centre, double support, int count) {
        double[] heights = new double[count];
        double sum = 0;
        for (int k = 0; k < count; k++) {
            heights[k] = Math.max(0, 1 - Math.abs(k + 0.5 - centre) / support);
            sum += heights[k];
        }
        float[] normalized = new float[count];
        for (int k = 0; k < count; k++) {
            normalized[k] = (float) (heights[k] / sum);
        }
        return normalized;
    }
}
