package org.ogm4j.study.data.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ogm4j.study.data.DataException;

/**
 * Recordings and pictures of digits, which were made apart, in the two layouts that {@code
 * DigitData} tells: one folder per part, or the Free Spoken Digit Dataset beside MNIST.
 *
 * @since 0.1.0
 */
public final class DigitFiles {

    /** The parts: {@code train}, {@code validation}, {@code test}. */
    public static final List<String> PARTS = List.of("train", "validation", "test");

    /** Rows and columns of a picture. */
    public static final int SIZE = 28;

    private static final Pattern NAME = Pattern.compile("(\\d)_.+_(\\d{1,9})\\.wav");
    private static final int MNIST_IMAGES = 10_000;

    private final Path root;
    private final boolean pair;

    /**
     * Digits in a folder.
     *
     * @param root the folder
     * @param pair whether it holds {@code fsdd} and {@code mnist}, else a folder per part
     */
    public DigitFiles(Path root, boolean pair) {
        this.root = root;
        this.pair = pair;
    }

    /**
     * One part.
     *
     * @param name one of {@link #PARTS}
     * @return its files, found and named, and its pictures, read
     * @throws DataException if anything is missing or cannot be used, or if a digit is spoken but
     *     never written, or the other way round
     */
    public Part part(String name) {
        Path heardIn = pair ? root.resolve("fsdd") : root.resolve(name).resolve("audio");
        Path seenIn = root.resolve(pair ? "mnist" : name);
        if (!pair) {
            FolderFiles.list(seenIn);
        }
        Part part = new Part(recordings(heardIn, name), pictures(seenIn, name));
        Set<Integer> spoken = digits(part.recordings().stream().map(Recording::digit).toList());
        Set<Integer> written = digits(part.pictures().stream().map(Picture::digit).toList());
        requireAll(spoken, written, seenIn, "no image of class %d, but %s speaks it", heardIn);
        requireAll(written, spoken, heardIn, "no recording of class %d, but %s shows it", seenIn);
        return part;
    }

    private static Set<Integer> digits(List<Integer> all) {
        return all.stream().collect(Collectors.toCollection(TreeSet::new));
    }

    private static void requireAll(
            Set<Integer> wanted, Set<Integer> there, Path where, String problem, Path other) {
        for (int digit : wanted) {
            if (!there.contains(digit)) {
                throw new DataException(where, problem.formatted(digit, other));
            }
        }
    }

    private List<Recording> recordings(Path folder, String part) {
        List<Recording> recordings = new ArrayList<>();
        for (Path file : FolderFiles.list(folder)) {
            if (!file.toString().endsWith(".wav")) {
                continue;
            }
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (!name.matches()) {
                throw new DataException(file, "must be named DIGIT_VOICE_INDEX.wav");
            }
            int index = Integer.parseInt(name.group(2));
            String own = index < 5 ? "test" : index < 10 ? "validation" : "train";
            if (!pair || part.equals(own)) {
                recordings.add(new Recording(file, Integer.parseInt(name.group(1))));
            }
        }
        if (recordings.isEmpty()) {
            throw new DataException(folder, "holds no recording DIGIT_VOICE_INDEX.wav for " + part);
        }
        return recordings;
    }

    private List<Picture> pictures(Path folder, String part) {
        List<Picture> all = pictures(folder);
        if (!pair) {
            return all;
        }
        if (all.size() != MNIST_IMAGES) {
            throw new DataException(folder, "must hold 10000 images, got " + all.size());
        }
        return switch (part) {
            case "train" -> all.subList(0, 7_000);
            case "validation" -> all.subList(7_000, 8_000);
            default -> all.subList(8_000, MNIST_IMAGES);
        };
    }

    private static List<Picture> pictures(Path folder) {
        Path imageFile = folder.resolve("images-idx3-ubyte.gz");
        Path labelFile = folder.resolve("labels-idx1-ubyte.gz");
        IdxFile images = IdxFile.read(imageFile, 3);
        IdxFile labels = IdxFile.read(labelFile, 1);
        int[] shape = images.shape();
        if (shape[1] != SIZE || shape[2] != SIZE) {
            throw new DataException(
                    imageFile,
                    "must hold images of 28 x 28, got %d x %d".formatted(shape[1], shape[2]));
        }
        if (shape[0] != labels.shape()[0]) {
            throw new DataException(
                    labelFile,
                    "holds %d labels, but %s holds %d images"
                            .formatted(labels.shape()[0], imageFile, shape[0]));
        }
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < shape[0]; i++) {
            if (labels.at(i) > 9) {
                throw new DataException(labelFile, "label must be 0 to 9, got " + labels.at(i));
            }
            pictures.add(new Picture(images, i, labels.at(i)));
        }
        return pictures;
    }

    /**
     * What is heard and seen in one part.
     *
     * @param recordings in the order of their names
     * @param pictures in the order of the file
     */
    public record Part(List<Recording> recordings, List<Picture> pictures) {}

    /**
     * A spoken digit.
     *
     * @param file a WAV file
     * @param digit what is said
     */
    public record Recording(Path file, int digit) {}

    /**
     * A written digit.
     *
     * @param images the file
     * @param place in it, from 0
     * @param digit what is written
     */
    public record Picture(IdxFile images, int place, int digit) {

        /**
         * The levels.
         *
         * @return 28 * 28, row by row, from 0 (background) to 1 (ink)
         */
        public double[] pixels() {
            double[] pixels = new double[SIZE * SIZE];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = images.at(place * pixels.length + i) / 255.0;
            }
            return pixels;
        }
    }
}
