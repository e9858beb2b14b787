package org.ogm4j.study.split;

import org.ogm4j.study.Split;
import org.ogm4j.study.StudyData;
import org.ogm4j.study.run.DataDigest;

/** The same split for all seeds. */
public final class FixedData implements StudyData {

    private final Split split;
    private String digest;

    /** Of what {@code StudyData} says. */
    public FixedData(Split split) {
        this.split = split;
    }

    @Override
    public Split split(long seed, int fold) {
        if (fold > 0) {
            throw new IllegalArgumentException(
                    "folds must be 1 with one set of iterators, got fold %d; give a factory"
                            .formatted(fold));
        }
        return split;
    }

    @Override
    public String digest(long seed, int fold) {
        if (digest == null) {
            digest = DataDigest.of(split(seed, fold));
            if (!digest.equals(DataDigest.of(split))) {
                throw new IllegalArgumentException(
                        "iterators must give the same batches after every reset, got others; give a"
                                + " factory of new iterators for each seed");
            }
        }
        return digest;
    }
}
