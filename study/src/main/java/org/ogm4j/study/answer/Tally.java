package org.ogm4j.study.answer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Counts answers. */
public interface Tally {

    /**
     * Counts rows.
     *
     * @param truth the labels, [n, K], or [n, 1] with the number of a class
     * @param answer what the output gave, [n, K]
     */
    void add(INDArray truth, INDArray answer);

    /** The first measure; NaN without rows. */
    double first();

    /** The second measure; NaN without rows. */
    double second();
}
