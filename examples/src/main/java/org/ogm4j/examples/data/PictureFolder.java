package org.ogm4j.examples.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.files.IdxFile;

/** Reads the written digits of a folder, in gzipped IDX files as MNIST has them. */
final class PictureFolder {

    private static final int CLASSES = 10;

    private PictureFolder() {}

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
        IdxFile images = IdxFile.read(imageFile, 3);
        IdxFile labels = IdxFile.read(labelFile, 1);
        int[] shape = images.shape();
        int count = labels.shape()[0];
        if (shape[1] != Picture.SIZE || shape[2] != Picture.SIZE) {
            throw new DataException(
                    imageFile,
                    "must hold images of 28 x 28, got %d x %d".formatted(shape[1], shape[2]));
        }
        if (shape[0] != count) {
            throw new DataException(
                    labelFile,
                    "holds %d labels, but %s holds %d images"
                            .formatted(count, imageFile, shape[0]));
        }
        List<Picture> pictures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (labels.at(i) >= CLASSES) {
                throw new DataException(labelFile, "label must be 0 to 9, got " + labels.at(i));
            }
            pictures.add(new Picture(labels.at(i), pixels(images, i)));
        }
        return pictures;
    }

    private static float[] pixels(IdxFile images, int image) {
        float[] pixels = new float[Picture.SIZE * Picture.SIZE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = images.at(image * pixels.length + i) / 255f;
        }
        return pixels;
    }
}
