package org.ogm4j.study.data.description;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Memory;
import org.ogm4j.study.data.Modality;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Noise;
import org.ogm4j.study.data.Target;
import org.ogm4j.study.data.files.DigitFiles;
import org.ogm4j.study.data.files.DigitFiles.Picture;
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

    @Override
    public MultimodalData load(Path root, Memory memory) {
        List<Example> examples = new ArrayList<>();
        List<Path> sounds = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        DigitFiles files = new DigitFiles(root, Files.isDirectory(root.resolve("fsdd")));
        for (String name : DigitFiles.PARTS) {
            DigitFiles.Part part = files.part(name);
            for (Picture picture : part.pictures()) {
                List<Path> candidates =
                        part.recordings().stream()
                                .filter(recording -> recording.digit() == picture.digit())
                                .map(DigitFiles.Recording::file)
                                .toList();
                sounds.add(candidates.get(random.nextInt(candidates.size())));
                pictures.add(picture);
                examples.add(
                        new Example(
                                name + "/" + picture.place(),
                                List.of((double) picture.digit()),
                                name,
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
                        null,
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
}
