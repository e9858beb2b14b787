package org.ogm4j.study;

import org.ogm4j.study.run.DataDigest;

/** The same split for all seeds. */
final class FixedData implements StudyData {

    private final Split split;
    private String digest;

    FixedData(Split split) {
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
