package org.ogm4j.examples.options;

import java.nio.file.Path;
import org.ogm4j.examples.crema.CremaFolder;
import picocli.CommandLine.Option;

/** Where CREMA-D's clips are and how they are divided. */
final class ClipOptions {

    @Option(
            names = "--frames",
            paramLabel = "NAME",
            description =
                    "Folder in --data with a folder of frames per clip; default: "
                            + CremaFolder.FRAMES
                            + ".")
    private String frames;

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
                    "Actors for the test where there are no lists, at least 1; default: "
                            + CremaFolder.TEST_ACTORS
                            + ".")
    private Integer testActors;

    @Option(
            names = "--validation-actors",
            paramLabel = "N",
            description =
                    "Actors for validation, at least 1; default: "
                            + CremaFolder.VALIDATION_ACTORS
                            + ".")
    private Integer validationActors;

    /**
     * The folder as the options say.
     *
     * @throws IllegalArgumentException if no actor would be for validation or for the test
     */
    CremaFolder in(Path folder) {
        CremaFolder clips = CremaFolder.of(folder);
        if (frames != null) {
            clips = clips.withFrames(frames);
        }
        if (lists != null) {
            clips = clips.withLists(lists);
        }
        int validation = validationActors == null ? clips.validationActors() : validationActors;
        if (validation < 1) {
            throw new IllegalArgumentException(
                    "validationActors must be at least 1, got " + validation);
        }
        return clips.withActors(testActors == null ? clips.testActors() : testActors, validation);
    }
}
