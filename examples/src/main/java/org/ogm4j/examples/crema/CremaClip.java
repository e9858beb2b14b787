package org.ogm4j.examples.crema;

import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One clip of CREMA-D: where its sound and its frames are, and what is played.
 *
 * @param name {@code {actor}_{sentence}_{emotion}_{level}}
 * @param actor the number of who is seen and heard
 * @param emotion the class
 * @param audio the WAV file
 * @param frames the image files in the order of time, at least one
 */
public record CremaClip(String name, int actor, Emotion emotion, Path audio, List<Path> frames) {

    /** Copies the list. */
    public CremaClip {
        frames = List.copyOf(frames);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("a clip must have a frame, got none in " + name);
        }
    }

    /** The frame in the middle; of an even number the earlier of the two. */
    public Path middleFrame() {
        return frames.get((frames.size() - 1) / 2);
    }

    /** Any frame, all equally probable. */
    public Path randomFrame(RandomGenerator random) {
        return frames.get(random.nextInt(frames.size()));
    }
}
