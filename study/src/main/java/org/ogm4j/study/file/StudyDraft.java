package org.ogm4j.study.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.description.DataDescription;
import org.ogm4j.study.data.description.FileData;
import org.ogm4j.study.data.description.FolderGuess;
import org.ogm4j.study.method.KnownMethod;

/** Writes a {@code study.json} for a folder, to be looked at and corrected. */
public final class StudyDraft {

    private static final String TEXT =
            """
            // A study: what is compared, on what data, with what network. docs/study.md explains every key.
            // Lines like this one are comments. Check it:  study check study.json    Make it:  study run study.json
            {
              // Paths of the data are relative to this folder, which is relative to this file.
              "folder": ".",

              // What the folder seems to hold; correct what is wrong:
            %s
              "data": %s,

              // Variants with white noise, in dB: how much one modality leads. For example
              // "noise": {"clean": {}, "0 dB": {"%s": 0}, "-12 dB": {"%s": -12}},

              // How examples are divided. Without it: folds in turn if there are three or more, folds called train
              // and test as they say, else by seed. For example
              // "split": {"testShare": 0.2, "validationShare": 0.1},      by seed; groups stay whole
              // "split": {"test": ["a"], "validation": ["b"]},            by the names of folds

              "network": {
                // For each modality: cnn, resnet18 or transformer for images and sounds; lstm or transformer for
                // sequences and texts; dense for numbers. Without it: cnn, lstm, dense. With sizes:
                // {"kind": "dense", "sizes": [128, 64]}
                "encoders": {%s},
                // concat, sum, self-attention for any number of modalities; film, gated, cross-attention for two
                "fusion": "concat",
                // sgd, nesterovs, adam, adamw, amsgrad, adamax, nadam, rmsprop, adagrad, adadelta
                "updater": "nesterovs"
                // "learningRate": 0.02, "dropout": 0.1, "decay": 0.0001
              },

              // The first one is the baseline. All there are:
            %s
              // With options: {"name": "ogm-ge", "as": "strong", "strength": 2, "epochs": [0, 4]}
              "methods": ["plain", "alone", "uniform", "ogm-ge"],

              // true: learning rate and strength of every method are chosen on validation, from four points each
              "tune": false,

              // Each seed is another start, and without folds another division.
              "seeds": [1, 2, 3],
              "epochs": 10,
              "batch": %d,

              // Results, relative to this file.
              "output": "results"
            }
            """;

    private static final int USUAL_BATCH = 32;
    private static final int SMALL_BATCH = 8;
    private static final int FEW = 200;

    private StudyDraft() {}

    /**
     * A draft for what was found in a folder.
     *
     * @param guess what was found
     * @param folder where, to load what was found once
     * @return the text of the file
     */
    public static String of(FolderGuess guess, Path folder) {
        List<String> notes = new ArrayList<>(guess.notes());
        DataDescription described = guess.data();
        MultimodalData data;
        try {
            data = described.load(folder);
        } catch (DataException e) {
            if (!(described instanceof FileData files)) {
                throw e;
            }
            described = new FileData(files.labels(), files.modalities(), true);
            data = described.load(folder);
            notes.add(
                    "Some examples lack a modality, and skipIncomplete leaves them out: %d are left."
                            .formatted(data.size()));
            notes.add("\"optional\": true in a modality keeps examples that lack it.");
        }
        String first = data.names().get(0);
        List<String> encoders =
                NetworkDescription.USUAL.branches(data).stream()
                        .map(each -> "\"%s\": \"%s\"".formatted(each.name(), each.size().kind()))
                        .toList();
        return TEXT.formatted(
                comments("  //   ", notes),
                json(described),
                first,
                first,
                String.join(", ", encoders),
                methods(),
                data.size() < FEW ? SMALL_BATCH : USUAL_BATCH);
    }

    private static String comments(String start, List<String> lines) {
        return String.join("\n", lines.stream().map(line -> start + line).toList());
    }

    private static String methods() {
        return comments(
                "  //   ",
                Arrays.stream(KnownMethod.values())
                        .map(each -> "%-18s%s".formatted(each, each.text()))
                        .toList());
    }

    private static String json(DataDescription data) {
        try {
            return DataDescription.MAPPER
                    .writerFor(DataDescription.class)
                    .withDefaultPrettyPrinter()
                    .writeValueAsString(data)
                    .replace("\n", "\n  ");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("descriptions can be written", e);
        }
    }
}
