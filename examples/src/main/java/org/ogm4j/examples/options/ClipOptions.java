package org.ogm4j.examples.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ogm4j.examples.crema.CremaSource;
import org.ogm4j.study.data.Partition;
import org.ogm4j.study.data.description.KnownData;
import picocli.CommandLine.Option;

/** Where CREMA-D's clips are and how they are divided. */
final class ClipOptions {

    @Option(
            names = "--frames",
            paramLabel = "NAME",
            description =
                    "Folder in --data with a folder of frames per clip; default: Image-01-FPS.")
    private String frames = "Image-01-FPS";

    @Option(
            names = "--lists",
            paramLabel = "DIR",
            description =
                    "Folder of train.csv and test.csv, lines clip,EMOTION; default: --data, and"
                            + " without them the division is by actor.")
    private Path lists;

    @Option(
            names = "--test-actors",
            paramLabel = "N",
            description =
                    "Actors for the test where there are no lists, at least 1; default: 9, a tenth.")
    private int testActors = 9;

    @Option(
            names = "--validation-actors",
            paramLabel = "N",
            description = "Actors for validation, at least 1; default: 9.")
    private int validationActors = 9;

    /**
     * The clips in a folder as the options say: the last actors by number are the test, unless
     * lists name it, those before them are for validation.
     *
     * @throws IllegalArgumentException if no actor would be for validation or for the test
     */
    CremaSource in(Path folder, int limit) {
        if (testActors < 1 || validationActors < 1) {
            throw new IllegalArgumentException(
                    "--test-actors and --validation-actors must be at least 1, got %d and %d"
                            .formatted(testActors, validationActors));
        }
        Path where = (lists == null ? folder : lists).toAbsolutePath();
        if (lists == null
                && !Files.exists(where.resolve("train.csv"))
                && !Files.exists(where.resolve("test.csv"))) {
            return CremaSource.read(
                    KnownData.crema(frames),
                    folder,
                    clips -> Partition.byGroup(clips, validationActors, testActors),
                    limit);
        }
        return CremaSource.read(
                KnownData.cremaByLists(frames, where.toString()),
                folder,
                clips -> Partition.byGroup(clips, validationActors, List.of("test")),
                limit);
    }
}
