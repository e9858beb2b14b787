package org.ogm4j.examples.crema;

import java.util.List;

/**
 * The clips of CREMA-D in three parts, and how many could not be used.
 *
 * @param train what the networks learn from
 * @param validation what choices are made on; empty if no actors were set aside
 * @param test what is reported, looked at once
 * @param withoutSound how many clips had frames but no sound, or neither
 * @param withoutFrames how many clips had sound but no frames
 */
public record CremaData(
        List<CremaClip> train,
        List<CremaClip> validation,
        List<CremaClip> test,
        int withoutSound,
        int withoutFrames) {

    /** Copies the lists. */
    public CremaData {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }

    /** At most so many clips in each part, the first ones. */
    public CremaData limit(int count) {
        return new CremaData(
                first(train, count),
                first(validation, count),
                first(test, count),
                withoutSound,
                withoutFrames);
    }

    /** The same with other clips to learn from. */
    CremaData withTrain(List<CremaClip> other) {
        return new CremaData(other, validation, test, withoutSound, withoutFrames);
    }

    /** How many clips were left out. */
    public int skipped() {
        return withoutSound + withoutFrames;
    }

    /** One line for the console: the sizes of the parts, with their actors, and what is missing. */
    public String summary() {
        return "CREMA-D: train %s, validation %s, test %s; skipped %d without sound, %d without frames"
                .formatted(size(train), size(validation), size(test), withoutSound, withoutFrames);
    }

    private static List<CremaClip> first(List<CremaClip> clips, int count) {
        return clips.subList(0, Math.min(count, clips.size()));
    }

    private static String size(List<CremaClip> clips) {
        long actors = clips.stream().mapToInt(CremaClip::actor).distinct().count();
        return "%d clips of %d actors".formatted(clips.size(), actors);
    }
}
