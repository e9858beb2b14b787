package org.ogm4j.study.data.kind;

import java.util.random.RandomGenerator;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Values;

/** Where the arrays of one modality come from, by the ids of examples. */
public interface Source {

    /** Whether there is anything of this id. */
    boolean has(String id);

    /**
     * Decodes the array of an id that is there.
     *
     * @throws DataException if it cannot be
     */
    Values read(String id);

    /** Whether {@link #draw} does not always give what {@link #read} does. */
    default boolean augments() {
        return false;
    }

    /**
     * Decodes the array of an id that is there, as training sees it in one epoch.
     *
     * @throws DataException if it cannot be
     */
    default Values draw(String id, RandomGenerator random) {
        return read(id);
    }

    /** What is measured on the training part. */
    Fit fit();

    /** How many indices there are, if the numbers are indices; else 0. */
    default int indices() {
        return 0;
    }

    /** What is missing where nothing is there, for people. */
    String missing(String id);
}
