package org.ogm4j.examples.crema;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ogm4j.study.data.DataException;

/**
 * Reads CREMA-D in its public layout: {@code AudioWAV/{clip}.wav}, and a folder of images per clip,
 * {@code Image-01-FPS/{clip}/*.jpg} or {@code *.png}.
 *
 * <p>If the folder, or another one for lists, holds {@code train.csv} and {@code test.csv}, lines
 * {@code clip,EMOTION}, they say which clips are for training and for the test, and of which class
 * each is. The published pair divides clips at random, so that the same actors are in both.
 *
 * <p>Without these files the clips of the last actors by number are the test, and the class is the
 * third part of the clip's name. Either way the clips of the last actors of what is then left for
 * training are for validation: no actor of the validation part is in the training part.
 *
 * @param folder holds all that
 * @param frames the name of the folder of frames
 * @param lists where the CSV files are; they may be missing if it is the folder itself
 * @param testActors how many actors are for the test where there are no CSV files, at least 1
 * @param validationActors how many actors are for validation, at least 0
 * @see <a href="https://github.com/CheyneyComputerScience/CREMA-D">Cao et al.: CREMA-D,
 *     Crowd-sourced Emotional Multimodal Actors Dataset</a>
 */
public record CremaFolder(
        Path folder, String frames, Path lists, int testActors, int validationActors) {

    /** Where the published code looks for frames taken once per second. */
    public static final String FRAMES = "Image-01-FPS";

    /** A tenth of the 91 actors, since the published test is a tenth of the clips. */
    public static final int TEST_ACTORS = 9;

    /** As many as for the test. */
    public static final int VALIDATION_ACTORS = 9;

    /** Checks the numbers of actors. */
    public CremaFolder {
        if (testActors < 1) {
            throw new IllegalArgumentException("testActors must be at least 1, got " + testActors);
        }
        if (validationActors < 0) {
            throw new IllegalArgumentException(
                    "validationActors must be at least 0, got " + validationActors);
        }
    }

    /** The public layout, with 9 actors each for test and validation. */
    public static CremaFolder of(Path folder) {
        return new CremaFolder(folder, FRAMES, folder, TEST_ACTORS, VALIDATION_ACTORS);
    }

    /** With the frames in another folder. */
    public CremaFolder withFrames(String name) {
        return new CremaFolder(folder, name, lists, testActors, validationActors);
    }

    /** With the CSV files in another folder. */
    public CremaFolder withLists(Path other) {
        return new CremaFolder(folder, frames, other, testActors, validationActors);
    }

    /** With other numbers of actors set aside. */
    public CremaFolder withActors(int test, int validation) {
        return new CremaFolder(folder, frames, lists, test, validation);
    }

    /**
     * Finds the clips and divides them. Clips without sound or without frames are left out and
     * counted. Sounds and images are not decoded here, but the headers of all sounds are checked.
     *
     * @throws DataException if a folder is missing, a name or a line has another form, only one of
     *     the CSV files is there, a clip is in both, a sound has an unsupported format, or a part
     *     would be empty
     */
    public CremaData read() {
        ClipFiles files = new ClipFiles(folder.resolve("AudioWAV"), folder.resolve(frames));
        Path train = lists.resolve("train.csv");
        Path test = lists.resolve("test.csv");
        if (!Files.exists(train) && !Files.exists(test)) {
            if (!lists.equals(folder)) {
                throw new DataException(lists, "must hold train.csv and test.csv, got neither");
            }
            return byActor(files);
        }
        requireFile(train, test);
        requireFile(test, train);
        return byList(files, train, test);
    }

    private CremaData byActor(ClipFiles files) {
        List<CremaClip> clips = new ArrayList<>();
        for (ClipName name : files.names()) {
            files.find(name, name.played(folder)).ifPresent(clips::add);
        }
        requireClips(clips, folder, files);
        ActorSplit test = ActorSplit.setApart(testActors, clips, folder);
        ActorSplit validation = ActorSplit.setApart(validationActors, test.rest(), folder);
        return data(validation, test.last(), files);
    }

    private CremaData byList(ClipFiles files, Path trainList, Path testList) {
        Map<ClipName, Emotion> training = ClipList.read(trainList);
        Map<ClipName, Emotion> testing = ClipList.read(testList);
        for (ClipName name : testing.keySet()) {
            if (training.containsKey(name)) {
                throw new DataException(
                        testList,
                        "must name no clip of %s, got %s".formatted(trainList, name.text()));
            }
        }
        List<CremaClip> train = find(training, trainList, files);
        List<CremaClip> test = find(testing, testList, files);
        return data(ActorSplit.setApart(validationActors, train, trainList), test, files);
    }

    private static List<CremaClip> find(Map<ClipName, Emotion> list, Path file, ClipFiles files) {
        List<CremaClip> clips = new ArrayList<>();
        list.forEach((name, emotion) -> files.find(name, emotion).ifPresent(clips::add));
        requireClips(clips, file, files);
        return clips;
    }

    private static CremaData data(ActorSplit training, List<CremaClip> test, ClipFiles files) {
        return new CremaData(
                training.rest(),
                training.last(),
                test,
                files.withoutSound(),
                files.withoutFrames());
    }

    private static void requireClips(List<CremaClip> clips, Path where, ClipFiles files) {
        if (clips.isEmpty()) {
            throw new DataException(
                    where,
                    "must hold clips with sound and frames, got none; skipped %d without sound,"
                                    .formatted(files.withoutSound())
                            + " %d without frames".formatted(files.withoutFrames()));
        }
    }

    private static void requireFile(Path file, Path other) {
        if (!Files.exists(file)) {
            throw new DataException(
                    file, "must be there because %s is, got no such file".formatted(other));
        }
    }
}
