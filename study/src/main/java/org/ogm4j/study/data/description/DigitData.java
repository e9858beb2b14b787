package org.ogm4j.study.data.description;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Memory;
import org.ogm4j.study.data.Modality;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Noise;
import org.ogm4j.study.data.Target;
import org.ogm4j.study.data.files.FolderFiles;
import org.ogm4j.study.data.files.IdxFile;
import org.ogm4j.study.data.kind.Standardize;
import org.ogm4j.study.data.kind.Vectors;
import org.ogm4j.study.data.kind.WavFolder;
import org.ogm4j.study.data.sound.LogSpectrogram;

/**
 * Spoken and written digits that were made apart, paired by class: for each picture, in order, a
 * recording of the same digit and the same part, drawn by seed. Folds are {@code train}, {@code
 * validation} and {@code test}; no recording and no picture is in two of them.
 *
 * <p>Two layouts are known by their folders. Either {@code fsdd}, recordings {@code
 * DIGIT_VOICE_INDEX.wav} of the Free Spoken Digit Dataset, of which indices 0 to 4 are for the test
 * and 5 to 9 for validation, and {@code mnist}, MNIST's 10,000 test images, of which the last 2,000
 * are for the test and the 1,000 before them for validation. Or {@code train}, {@code validation}
 * and {@code test}, each with {@code audio/DIGIT_VOICE_INDEX.wav}, {@code images-idx3-ubyte.gz} and
 * {@code labels-idx1-ubyte.gz}.
 *
 * <p>Modality {@code audio} is {@code [1, 129, 49]}: one second at 8 kHz, every recording with a
 * root mean square of 0.1 in the middle of silence, windows of 256 every 160. Modality {@code
 * visual} is {@code [1, 28, 28]} from 0 to 1.
 *
 * @param seed of the pairs
 * @param audioNoise white noise on the waveform; null for none
 * @param visualNoise white noise on the pixels; null for none
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DigitData(
        @JsonProperty(required = true) long seed, Noise audioNoise, Noise visualNoise)
        implements DataDescription {

    private static final Pattern NAME = Pattern.compile("(\\d)_.+_(\\d+)\\.wav");
    private static final List<String> PARTS = List.of("train", "validation", "test");

    @Override
    public MultimodalData load(Path root, Memory memory) {
        List<Example> examples = new ArrayList<>();
        List<Path> sounds = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (String part : PARTS) {
            boolean pair = Files.isDirectory(root.resolve("fsdd"));
            List<Path> heard =
                    pair
                            ? recordings(root.resolve("fsdd"), part)
                            : recordings(root.resolve(part).resolve("audio"), null);
            List<Picture> seen =
                    pair ? mnist(root.resolve("mnist"), part) : pictures(root.resolve(part));
            for (Picture picture : seen) {
                List<Path> candidates =
                        heard.stream().filter(file -> digit(file) == picture.digit()).toList();
                if (candidates.isEmpty()) {
                    throw new DataException(
                            root,
                            "there must be a recording of digit %d for %s, got none"
                                    .formatted(picture.digit(), part));
                }
                sounds.add(candidates.get(random.nextInt(candidates.size())));
                pictures.add(picture);
                examples.add(
                        new Example(
                                part + "/" + picture.place(),
                                List.of((double) picture.digit()),
                                part,
                                null));
            }
        }
        return new MultimodalData(
                new Target(
                        Target.Kind.CLASS,
                        IntStream.range(0, 10).mapToObj(String::valueOf).toList()),
                examples,
                List.of(audio(examples, sounds, memory), visual(examples, pictures, memory)));
    }

    private Modality audio(List<Example> examples, List<Path> sounds, Memory memory) {
        WavFolder speech =
                new WavFolder(
                        "audio",
                        "audio",
                        8000,
                        1.0,
                        null,
                        0.1,
                        null,
                        256,
                        160,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        audioNoise,
                        null);
        LogSpectrogram spectrogram = speech.spectrogram();
        return Modality.load(
                "audio",
                examples.size(),
                i -> speech.values(sounds.get(i), examples.get(i).id(), spectrogram),
                speech.standardization(),
                memory);
    }

    private Modality visual(List<Example> examples, List<Picture> pictures, Memory memory) {
        Fit all = Standardize.ALL.fit(0);
        return Modality.load(
                "visual",
                examples.size(),
                i ->
                        Vectors.of(
                                pictures.get(i).pixels(),
                                visualNoise,
                                "visual",
                                examples.get(i).id(),
                                1,
                                28,
                                28),
                all,
                memory);
    }

    /** Those of a part by their index; all if none is named. */
    private static List<Path> recordings(Path folder, String part) {
        List<Path> recordings = new ArrayList<>();
        for (Path file : FolderFiles.list(folder)) {
            if (!file.toString().endsWith(".wav")) {
                continue;
            }
            int index = number(file, 2);
            String own = index < 5 ? "test" : index < 10 ? "validation" : "train";
            if (part == null || part.equals(own)) {
                recordings.add(file);
            }
        }
        return recordings;
    }

    private static int digit(Path file) {
        return number(file, 1);
    }

    private static int number(Path file, int group) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        if (!matcher.matches()) {
            throw new DataException(file, "must be named DIGIT_VOICE_INDEX.wav");
        }
        return Integer.parseInt(matcher.group(group));
    }

    private static List<Picture> mnist(Path folder, String part) {
        List<Picture> all = pictures(folder);
        if (all.size() != 10_000) {
            throw new DataException(folder, "must hold 10000 images, got " + all.size());
        }
        return switch (part) {
            case "train" -> all.subList(0, 7_000);
            case "validation" -> all.subList(7_000, 8_000);
            default -> all.subList(8_000, 10_000);
        };
    }

    private static List<Picture> pictures(Path folder) {
        IdxFile images = IdxFile.read(folder.resolve("images-idx3-ubyte.gz"), 3);
        Path labelFile = folder.resolve("labels-idx1-ubyte.gz");
        IdxFile labels = IdxFile.read(labelFile, 1);
        int[] shape = images.shape();
        if (shape[1] != 28 || shape[2] != 28 || shape[0] != labels.shape()[0]) {
            throw new DataException(
                    labelFile,
                    "must have a label for each of %d images of 28 x 28, got %d labels and %d x %d"
                            .formatted(shape[0], labels.shape()[0], shape[1], shape[2]));
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

    private record Picture(IdxFile images, int place, int digit) {

        double[] pixels() {
            double[] pixels = new double[28 * 28];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = images.at(place * pixels.length + i) / 255.0;
            }
            return pixels;
        }
    }
}
