package org.ogm4j.study.data;

import java.util.List;

/**
 * What is measured on the training part and then applied to all parts. Nothing of validation or
 * test gets into it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Fit {

    /** Changes nothing. */
    Fit NONE = (modality, training) -> values -> values;

    /**
     * Measures.
     *
     * @param modality whose examples
     * @param training their places, those of the training part alone
     * @return what to do with every example
     */
    Preparation on(Modality modality, List<Integer> training);

    /** What is done to the array of an example, of any part. */
    @FunctionalInterface
    interface Preparation {

        /**
         * Prepares.
         *
         * @param values not to be changed
         * @return new values of the same shape, or the same ones
         */
        Values apply(Values values);
    }
}
