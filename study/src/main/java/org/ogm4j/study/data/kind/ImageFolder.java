package org.ogm4j.study.data.kind;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Noise;
import org.ogm4j.study.data.Values;
import org.ogm4j.study.data.files.FolderFiles;
import org.ogm4j.study.data.image.CropBox;
import org.ogm4j.study.data.image.Pixels;
import org.ogm4j.study.data.image.Resizing;

/**
 * A folder of images, {@code ID.png}, {@code ID.jpg} or {@code ID.jpeg}, or of folders {@code ID}
 * of images: numbers from 0 to 1. In this order: frames, grey or colour, size, noise.
 *
 * <p>With several frames an image is a strip of frames, one below the other, all equally high; of a
 * folder so many images are taken, equally spaced: image {@code ((2i + 1) n - 1) / (2 frames)} of n
 * in the order of their names, shorter names first. One frame of a folder is that in the middle.
 *
 * @param name of the modality
 * @param folder of the files
 * @param height rows of a frame; images of other sizes are resized
 * @param width columns of a frame
 * @param channels 1 for grey, 3 for red, green and blue
 * @param frames null is 1
 * @param layout null is {@code channels}
 * @param standardize null is {@code feature}, the channels
 * @param noise white noise on the numbers from 0 to 1, all frames together; they are not limited to
 *     that range afterwards; null for none
 * @param optional whether examples may lack it
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageFolder(
        String name,
        String folder,
        @JsonProperty(required = true) int height,
        @JsonProperty(required = true) int width,
        @JsonProperty(required = true) int channels,
        Integer frames,
        Layout layout,
        Standardize standardize,
        Noise noise,
        Boolean optional)
        implements ModalityDescription {

    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg");

    /** Image 10 after image 9, whether or not the numbers have leading zeros. */
    private static final Comparator<Path> BY_NUMBER =
            Comparator.<Path>comparingInt(file -> stem(file).length())
                    .thenComparing(ImageFolder::stem);

    /** The shape of an example. */
    public enum Layout {
        /** {@code [frames * channels, height, width]}, for convolutions; frame after frame. */
        @JsonProperty("channels")
        CHANNELS,
        /** {@code [channels, frames, height, width]}, for convolutions over time and space. */
        @JsonProperty("volume")
        VOLUME,
        /** {@code [channels * height * width, frames]}, for recurrent layers. */
        @JsonProperty("sequence")
        SEQUENCE
    }

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public ImageFolder {
        Check.given(name, "name");
        Check.given(folder, "folder");
        Check.atLeast(1, height, "height");
        Check.atLeast(1, width, "width");
        Check.atLeast(1, Check.or(frames, 1), "frames");
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels must be 1 or 3, got " + channels);
        }
    }

    /**
     * With everything else at its default.
     *
     * @param name of the modality
     * @param folder of the files
     * @param height rows of a frame
     * @param width columns of a frame
     * @param channels 1 or 3
     * @return the description
     */
    public static ImageFolder of(String name, String folder, int height, int width, int channels) {
        return new ImageFolder(name, folder, height, width, channels, null, null, null, null, null);
    }

    /**
     * With several frames.
     *
     * @param count at least 1
     * @param shape of an example
     * @return another description
     */
    public ImageFolder withFrames(int count, Layout shape) {
        return new ImageFolder(
                name, folder, height, width, channels, count, shape, standardize, noise, optional);
    }

    /**
     * With noise.
     *
     * @param other null for none
     * @return another description
     */
    public ImageFolder with(Noise other) {
        return new ImageFolder(
                name,
                folder,
                height,
                width,
                channels,
                frames,
                layout,
                standardize,
                other,
                optional);
    }

    @Override
    public Source open(Path root, List<String> ids) {
        FolderFiles files = new FolderFiles(root.resolve(folder), ENDINGS, true);
        return new Source() {
            @Override
            public boolean has(String id) {
                return files.has(id);
            }

            @Override
            public Values read(String id) {
                return values(files.get(id), id);
            }

            @Override
            public Fit fit() {
                return Check.or(standardize, Standardize.FEATURE).fit(0);
            }

            @Override
            public String missing(String id) {
                return files.missing(id, "png");
            }
        };
    }

    private Values values(Path file, String id) {
        int count = Check.or(frames, 1);
        int plane = height * width;
        double[] numbers = new double[count * channels * plane];
        Pixels strip = Files.isDirectory(file) ? null : strip(file, count);
        for (int i = 0; i < count; i++) {
            float[] frame =
                    strip == null
                            ? frame(Pixels.read(fromFolder(file, i, count)), 0, 1)
                            : frame(strip, i, count);
            for (int j = 0; j < frame.length; j++) {
                numbers[i * frame.length + j] = frame[j] / 255.0;
            }
        }
        return arrange(noise == null ? numbers : noise.add(numbers, name, id), count, plane);
    }

    private static Pixels strip(Path file, int count) {
        Pixels image = Pixels.read(file);
        if (image.height() % count != 0) {
            throw new DataException(
                    file,
                    "must be a strip of %d frames of equal height, got %d rows"
                            .formatted(count, image.height()));
        }
        return image;
    }

    /** One frame of a strip, channel after channel. */
    private float[] frame(Pixels image, int index, int count) {
        int rows = image.height() / count;
        CropBox box = new CropBox(0, index * rows, image.width(), rows);
        Pixels resized = Resizing.resize(image, box, width, height);
        return channels == 1 ? resized.lightness() : resized.values();
    }

    private static Path fromFolder(Path folder, int index, int count) {
        List<Path> images =
                FolderFiles.list(folder).stream()
                        .filter(file -> ENDINGS.contains(FolderFiles.ending(file.toString())))
                        .sorted(BY_NUMBER)
                        .toList();
        if (images.size() < count) {
            throw new DataException(
                    folder, "must hold at least %d images, got %d".formatted(count, images.size()));
        }
        return images.get(((2 * index + 1) * images.size() - 1) / (2 * count));
    }

    private Values arrange(double[] numbers, int count, int plane) {
        float[] values = new float[numbers.length];
        boolean volume = layout == Layout.VOLUME;
        boolean sequence = layout == Layout.SEQUENCE;
        for (int i = 0; i < numbers.length; i++) {
            int frame = i / (channels * plane);
            int inFrame = i % (channels * plane);
            int place = i;
            if (sequence) {
                place = inFrame * count + frame;
            } else if (volume) {
                place = (inFrame / plane * count + frame) * plane + inFrame % plane;
            }
            values[place] = (float) numbers[i];
        }
        if (sequence) {
            return new Values(values, channels * plane, count);
        }
        return volume
                ? new Values(values, channels, count, height, width)
                : new Values(values, count * channels, height, width);
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
}
