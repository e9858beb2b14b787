package org.ogm4j.study;

import java.util.List;
import java.util.Objects;
import org.ogm4j.study.words.Names;

/**
 * A method in a study.
 *
 * @param name in tables and files, of at most 60 characters, without line breaks
 * @param method how to train
 * @param grid what to choose from on validation data; empty: {@link Point#OWN}; a single point is
 *     taken
 * @since 0.1.0
 */
public record Rival(String name, Method method, List<Point> grid) {

    private static final int LONGEST = 60;

    /** Checks the name and copies the list. */
    public Rival {
        Objects.requireNonNull(method, "method");
        if (!Names.isOneLine(name) || name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a method's name must be 1 to %d characters on one line, got \"%s\""
                            .formatted(LONGEST, name));
        }
        grid = List.copyOf(grid);
    }

    /** Whether runs are made to choose a point. */
    public boolean chooses() {
        return grid.size() > 1;
    }

    /** The point of a method that does not choose. */
    public Point point() {
        return grid.isEmpty() ? Point.OWN : grid.get(0);
    }
}
