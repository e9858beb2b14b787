package org.ogm4j.examples.crema;

/**
 * Bilinear resizing of a part of an image, columns first and rows then.
 *
 * <p>Each new pixel is the mean of old ones under a triangle centred where the new pixel's centre
 * falls, as wide as two old pixels or two new ones, whichever is more. So an image that is made
 * smaller is smoothed and not only sampled, as in Pillow, which torchvision resizes with and which
 * besides rounds to whole levels after either pass. java.awt's bilinear mode does not smooth.
 */
final class Resizing {

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
     * A part of an image in a square of another size.
     *
     * @return {@code [3, size, size]}
     */
    static Pixels square(Pixels image, CropBox box, int size) {
        Resizing columns = new Resizing(box.x(), box.width(), size);
        Resizing rows = new Resizing(box.y(), box.height(), size);
        float[] values = new float[Pixels.CHANNELS * size * size];
        float[] narrow = new float[box.height() * size];
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            for (int y = 0; y < box.height(); y++) {
                for (int x = 0; x < size; x++) {
                    narrow[y * size + x] = columns.row(image, channel, box.y() + y, x);
                }
            }
            for (int y = 0; y < size; y++) {
                rows.column(narrow, box.y(), y, values, (channel * size + y) * size);
            }
        }
        return new Pixels(size, size, values);
    }

    private float row(Pixels image, int channel, int y, int x) {
        float sum = 0;
        for (int k = 0; k < weights[x].length; k++) {
            sum += weights[x][k] * image.at(channel, first[x] + k, y);
        }
        return sum;
    }

    /** Adds up the rows, each as long as the result is wide, for the new row y. */
    private void column(float[] narrow, int top, int y, float[] values, int offset) {
        int size = first.length;
        for (int k = 0; k < weights[y].length; k++) {
            int old = (first[y] + k - top) * size;
            for (int x = 0; x < size; x++) {
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
