package org.ogm4j.study.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.data.description.DataDescription;
import org.ogm4j.study.words.Names;

/**
 * A study as a file: {@code study.json}. docs/study.md explains every key.
 *
 * @param folder that the paths of the data are relative to, itself relative to this file
 * @param data what is trained on
 * @param dataSets several of them by name, in place of {@code data}
 * @param noise variants of {@code data}: by name, the signal-to-noise ratio in dB of modalities
 * @param noiseSeed of the noise; null is 1
 * @param split how examples are divided
 * @param network the plain network
 * @param methods what is compared; the first is the baseline
 * @param baseline another one
 * @param seeds null is 1 to 5
 * @param folds how many of the folds are made; null is all
 * @param epochs of a run
 * @param earlyEpochs of methods that act early; null is the first half
 * @param batch examples per step; null is 32
 * @param tune whether learning rate and strength are chosen on validation for every method
 * @param tuneOn the data set whose validation examples choose for all; null: each its own
 * @param tuningSeed of the runs to choose from; null is 101
 * @param output folder of results, relative to this file; null is {@code results}
 * @param tensorBoard whether event files are written
 */
public record StudyFile(
        String folder,
        DataDescription data,
        Map<String, DataDescription> dataSets,
        Map<String, Map<String, Double>> noise,
        Long noiseSeed,
        SplitDescription split,
        NetworkDescription network,
        List<MethodDescription> methods,
        String baseline,
        List<Long> seeds,
        Integer folds,
        Integer epochs,
        Integer earlyEpochs,
        Integer batch,
        Boolean tune,
        String tuneOn,
        Long tuningSeed,
        String output,
        Boolean tensorBoard) {

    private static final int BATCH = 32;

    /** Fills in what is usual. */
    public StudyFile {
        folder = or(folder, ".");
        dataSets = dataSets == null ? Map.of() : new LinkedHashMap<>(dataSets);
        noise = noise == null ? Map.of() : new LinkedHashMap<>(noise);
        noiseSeed = or(noiseSeed, 1L);
        split = or(split, SplitDescription.AUTOMATIC);
        network = or(network, NetworkDescription.USUAL);
        methods = methods == null ? List.of() : Collections.unmodifiableList(methods);
        seeds = seeds == null ? List.of(1L, 2L, 3L, 4L, 5L) : Collections.unmodifiableList(seeds);
        batch = or(batch, BATCH);
        tune = or(tune, false);
        tuningSeed = or(tuningSeed, 101L);
        output = or(output, "results");
        tensorBoard = or(tensorBoard, false);
    }

    /** What is wrong with it as a whole. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        require(
                problems,
                (data == null) != dataSets.isEmpty(),
                "data must be given, or dataSets, and not both");
        require(
                problems,
                !Given.hasNull(dataSets.values()),
                "dataSets must each have a description, got null");
        require(
                problems,
                noise.isEmpty() || data != null,
                "noise makes variants of data: give data in place of dataSets");
        require(
                problems,
                noise.values().stream().noneMatch(each -> each == null || each.containsValue(null)),
                "noise must give a number of dB for each modality that it names, such as {\"0 dB\": {\"audio\": 0}}, and {} for none");
        require(
                problems,
                !methods.isEmpty() && !Given.hasNull(methods),
                "methods must be one or more, such as [\"plain\", \"uniform\"]");
        require(
                problems,
                !seeds.isEmpty() && !Given.hasNull(seeds),
                "seeds must be one or more, such as [1, 2, 3]");
        Set<Long> once = new HashSet<>();
        seeds.stream()
                .filter(seed -> !once.add(seed))
                .findFirst()
                .ifPresent(seed -> problems.add("seeds must come once, got twice " + seed));
        require(
                problems,
                folds == null || folds >= 1,
                "folds must be at least 1, got " + folds + "; without it all are made");
        require(
                problems,
                epochs != null && epochs >= 1,
                "epochs must be at least 1, got " + epochs);
        require(
                problems,
                earlyEpochs == null
                        || epochs == null
                        || (earlyEpochs >= 1 && earlyEpochs <= epochs),
                "earlyEpochs must be 1 to epochs, got " + earlyEpochs);
        Set<String> names = data == null ? dataSets.keySet() : noise.keySet();
        if (tuneOn != null && !names.contains(tuneOn)) {
            problems.add("tuneOn: " + Names.unknown("data set", names, tuneOn));
        }
        require(problems, batch >= 2, "batch must be at least 2, got " + batch);
        return problems;
    }

    /**
     * Reads a file.
     *
     * @throws StudyException with all that is wrong in it, each with line and column
     */
    public static StudyFile read(Path file) {
        return new StudyFileReader(file).read();
    }

    /**
     * What is wrong with a study, with the file and the places of the keys.
     *
     * @param file the study
     * @param told one problem a line, that begin with the key they are about
     * @return the same lines, each with its place
     */
    public static String placed(Path file, String told) {
        return new StudyFileReader(file).placed(told);
    }

    /** The last epoch of methods that act early. */
    int lastEarlyEpoch() {
        return (earlyEpochs == null ? Math.max(1, epochs / 2) : earlyEpochs) - 1;
    }

    private static <T> T or(T value, T usual) {
        return value == null ? usual : value;
    }

    private static void require(List<String> problems, boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
