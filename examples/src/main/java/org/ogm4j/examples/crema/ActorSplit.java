package org.ogm4j.examples.crema;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.ogm4j.study.data.DataException;

/**
 * Clips divided by who plays: those of the last actors by number, and the rest.
 *
 * @param rest the clips of the other actors
 * @param last the clips of the actors with the highest numbers
 */
record ActorSplit(List<CremaClip> rest, List<CremaClip> last) {

    /**
     * Sets the last actors apart.
     *
     * @param where the folder or file to be named in an error
     * @throws DataException if no actor would be left
     */
    static ActorSplit setApart(int actors, List<CremaClip> clips, Path where) {
        TreeSet<Integer> numbers = new TreeSet<>();
        clips.forEach(clip -> numbers.add(clip.actor()));
        if (numbers.size() <= actors) {
            throw new DataException(
                    where,
                    "must hold usable clips of more than %d actors, got %d"
                            .formatted(actors, numbers.size()));
        }
        TreeSet<Integer> apart = new TreeSet<>();
        for (int i = 0; i < actors; i++) {
            apart.add(numbers.pollLast());
        }
        List<CremaClip> rest = new ArrayList<>();
        List<CremaClip> last = new ArrayList<>();
        for (CremaClip clip : clips) {
            (apart.contains(clip.actor()) ? last : rest).add(clip);
        }
        return new ActorSplit(rest, last);
    }
}
