package org.ogm4j.study.data.kind;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
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
 * A folder of images, {@code ID.png}, {@code .jpg}, {@code .jpeg}, {@code .gif} or {@code .bmp}, or
 * of folders {@code ID} of images: numbers from 0 to 1. In this order: excerpt, frames, grey or
 * colour, size, noise.
 *
 * <p>With several frames an image is a strip of frames, one below the other, all equally high; of a
 * folder so many images are taken, equally spaced: image {@code ((2i + 1) n - 1) / (2 frames)} of n
 * in the order of their names, shorter names first. One frame of a folder is that in the middle. An
 * empty folder counts as missing. Of an excerpt all frames are taken; {@code frames} then says how
 * many a strip has, and nothing of a folder.
 *
 * @param name of the modality
 * @param folder of the files
 * @param height rows of a frame; images of other sizes are resized
 * @param width columns of a frame
 * @param channels 1 for grey, 3 for red, green and blue
 * @param frames null is 1
 * @param layout null is {@code channels}
 * @param standardize null is {@code feature}, the channels; {@code imagenet} is {@code (x - mean) /
 *     deviation} with mean 0.485, 0.456, 0.406 and deviation 0.229, 0.224, 0.225 of red, green and
 *     blue, as networks trained on ImageNet want it
 * @param augment what is drawn anew in every epoch of training; null for nothing
 * @param noise white noise on the numbers from 0 to 1, all frames together; they are not limited to
 *     that range afterwards; null for none
 * @param optional whether examples may lack it
 * @param excerpt the frames that are taken, with {@code fps}; null for all
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
        Augment augment,
        Noise noise,
        Boolean optional,
        Excerpt excerpt)
        implements ModalityDescription {

    /** Of ImageNet's red, green and blue. */
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};

    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

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

    /** What training sees of an image. Validation and test see all of it. */
    public enum Augment {
        /**
         * A random part, see {@link CropBox#random}, mirrored left to right in every second case.
         * Of a folder of n images each of the frames is any image of its share, numbers {@code i n
         * / frames} to {@code (i + 1) n / frames - 1}: one frame is any image. All frames of an
         * example are cut and mirrored alike.
         */
        @JsonProperty("crop-flip")
        CROP_FLIP
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
        if (excerpt != null && excerpt.fps() == null) {
            throw new IllegalArgumentException("fps must be given for an excerpt of frames");
        }
        if (standardize == Standardize.IMAGENET && channels != 3) {
            throw new IllegalArgumentException(
                    "channels must be 3 to standardize with imagenet, got " + channels);
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
        return new ImageFolder(
                name, folder, height, width, channels, null, null, null, null, null, null, null);
    }

    /**
     * With several frames.
     *
     * @param count at least 1
     * @param shape of an example
     * @return another description
     */
    public ImageFolder withFrames(int count, Layout shape) {
        return copy(count, shape, standardize, augment, noise, excerpt);
    }

    /**
     * With noise.
     *
     * @param other null for none
     * @return another description
     */
    public ImageFolder with(Noise other) {
        return copy(frames, layout, standardize, augment, other, excerpt);
    }

    /**
     * With other colours, and drawn anew in training.
     *
     * @param colours what numbers share a mean and a deviation
     * @param drawn null for nothing
     * @return another description
     */
    public ImageFolder with(Standardize colours, Augment drawn) {
        return copy(frames, layout, colours, drawn, noise, excerpt);
    }

    /**
     * A part of every film.
     *
     * @param part with images per second; null for all
     * @return another description
     */
    public ImageFolder with(Excerpt part) {
        return copy(frames, layout, standardize, augment, noise, part);
    }

    /** The same but for what the methods above change. */
    private ImageFolder copy(
            Integer otherFrames,
            Layout otherLayout,
            Standardize otherStandardize,
            Augment otherAugment,
            Noise otherNoise,
            Excerpt otherExcerpt) {
        return new ImageFolder(
                name,
                folder,
                height,
                width,
                channels,
                otherFrames,
                otherLayout,
                otherStandardize,
                otherAugment,
                otherNoise,
                optional,
                otherExcerpt);
    }

    @Override
    public Source open(Path root, List<String> ids) {
        FolderFiles files = new FolderFiles(root.resolve(folder), FolderFiles.IMAGES, true, ids);
        Excerpt.Places places = excerpt == null ? null : excerpt.open(root);
        return new Source() {
            @Override
            public boolean has(String id) {
                Path file = files.get(id);
                return file != null && (!Files.isDirectory(file) || !images(file).isEmpty());
            }

            @Override
            public Values read(String id) {
                return values(files.get(id), id, null, places);
            }

            @Override
            public boolean augments() {
                return augment != null;
            }

            @Override
            public Values draw(String id, RandomGenerator random) {
                return values(files.get(id), id, augment == null ? null : random, places);
            }

            @Override
            public Fit fit() {
                return Check.or(standardize, Standardize.FEATURE).fit(0);
            }

            @Override
            public String missing(String id) {
                return files.has(id)
                        ? files.get(id) + ": must hold images, got none"
                        : files.missing(id, "png");
            }
        };
    }

    /** All of the image; with a generator a part of it. */
    private Values values(Path file, String id, RandomGenerator random, Excerpt.Places places) {
        boolean strip = !Files.isDirectory(file);
        int inStrip = strip ? Check.or(frames, 1) : 1;
        List<Path> chosen = strip ? List.of(file) : images(file);
        int from = 0;
        int count = Check.or(frames, 1);
        if (places != null) {
            count = places.length(excerpt.fps());
            from = places.first(id, file, strip ? inStrip : chosen.size(), excerpt.fps());
            chosen = strip ? chosen : chosen.subList(from, from + count);
        } else if (!strip) {
            chosen = spread(file, chosen, count, random);
        }
        int plane = height * width;
        double[] numbers = new double[count * channels * plane];
        Pixels image = Pixels.read(chosen.get(0));
        CropBox first = box(file, image, 0, inStrip);
        CropBox part =
                random == null
                        ? CropBox.whole(first.width(), first.height())
                        : CropBox.random(first.width(), first.height(), random);
        boolean mirrored = random != null && random.nextBoolean();
        for (int i = 0; i < count; i++) {
            if (i > 0 && !strip) {
                image = Pixels.read(chosen.get(i));
            }
            CropBox box = box(file, image, strip ? from + i : 0, inStrip);
            float[] frame = frame(image, part.in(box, first.width(), first.height()));
            for (int j = 0; j < frame.length; j++) {
                int to = mirrored ? j - j % width + width - 1 - j % width : j;
                numbers[i * frame.length + to] = frame[j] / 255.0;
            }
        }
        return arrange(noise == null ? numbers : noise.add(numbers, name, id), count, plane);
    }

    /** A frame of a strip of so many. */
    private static CropBox box(Path file, Pixels image, int index, int count) {
        if (image.height() % count != 0) {
            throw new DataException(
                    file,
                    "must be a strip of %d frames of equal height, got %d rows"
                            .formatted(count, image.height()));
        }
        int rows = image.height() / count;
        return new CropBox(0, index * rows, image.width(), rows);
    }

    /** A part of an image, channel after channel. */
    private float[] frame(Pixels image, CropBox box) {
        Pixels resized = Resizing.resize(image, box, width, height);
        return channels == 1 ? resized.lightness() : resized.values();
    }

    /** The images in the middle of their shares; with a generator any of them. */
    private static List<Path> spread(
            Path folder, List<Path> images, int count, RandomGenerator random) {
        int n = images.size();
        if (n < count) {
            throw new DataException(
                    folder, "must hold at least %d images, got %d".formatted(count, n));
        }
        List<Path> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = i * n / count;
            int share = (i + 1) * n / count - from;
            chosen.add(
                    images.get(
                            random == null
                                    ? ((2 * i + 1) * n - 1) / (2 * count)
                                    : from + random.nextInt(share)));
        }
        return chosen;
    }

    private static List<Path> images(Path folder) {
        return FolderFiles.list(folder).stream()
                .filter(file -> FolderFiles.IMAGES.contains(FolderFiles.ending(file.toString())))
                .sorted(BY_NUMBER)
                .toList();
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
            values[place] = coloured((float) numbers[i], inFrame / plane);
        }
        if (sequence) {
            return new Values(values, channels * plane, count);
        }
        return volume
                ? new Values(values, channels, count, height, width)
                : new Values(values, count * channels, height, width);
    }

    private float coloured(float value, int channel) {
        return standardize == Standardize.IMAGENET
                ? (value - MEAN[channel]) / DEVIATION[channel]
                : value;
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
}
