package org.ogm4j.study.file;

import org.ogm4j.study.StudyException;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Partition;
import org.ogm4j.study.split.PartsData;

/**
 * The divisions of a data set.
 *
 * @param data what is divided
 * @param folds how many divisions there are for a seed
 * @param text how, in a sentence
 * @param parts of a seed and fold
 */
record Divisions(MultimodalData data, int folds, String text, PartsData.Division parts) {

    /** For a study; no part is empty. */
    PartsData inBatches(int batch) {
        return new PartsData(data, this::checked, batch);
    }

    /** The parts of a run. */
    Partition checked(long seed, int fold) {
        Partition partition;
        try {
            partition = parts.of(seed, fold);
        } catch (IllegalArgumentException e) {
            throw new StudyException("split: " + e.getMessage(), e);
        }
        boolean trains = partition.training().size() > 1;
        if (!trains || partition.validation().isEmpty() || partition.test().isEmpty()) {
            throw new StudyException(
                    "split: training must have two examples or more, validation and test one, got %d, %d and %d of %d; give larger shares or more examples (or groups)"
                            .formatted(
                                    partition.training().size(),
                                    partition.validation().size(),
                                    partition.test().size(),
                                    data.size()));
        }
        return partition;
    }
}
