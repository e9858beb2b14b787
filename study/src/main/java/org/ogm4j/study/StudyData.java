package org.ogm4j.study;

import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.run.DataDigest;
import org.ogm4j.study.split.CrossValidated;
import org.ogm4j.study.split.FixedData;

/**
 * The data of a study: a split for every seed and fold. Equal seeds and folds must give equal data,
 * since runs are compared pair by pair, and made again after they were killed.
 *
 * <p>Example, with files of its own for each fold:
 *
 * <pre>{@code
 * StudyData data = (seed, fold) -> Split.of(read("train", fold, seed), read("valid", fold, 0), read("test", fold, 0));
 * }</pre>
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface StudyData {

    /**
     * The data of one run; it is called for each.
     *
     * @param seed of everything that is random in it
     * @param fold which, from 0
     * @return new iterators
     */
    Split split(long seed, int fold);

    /**
     * A short name for the content, which becomes part of the names of runs: other data are other
     * runs. By default a digest of the batches of epoch 0, of validation and of test, for which all
     * of them are read once; whoever knows a shorter way may say so.
     *
     * @param seed of the split
     * @param fold of the split
     * @return the name
     */
    default String digest(long seed, int fold) {
        return DataDigest.of(split(seed, fold));
    }

    /**
     * The same three iterators for every run, each giving the same batches after every reset. For
     * training batches in another order in each epoch, or folds, give a factory.
     *
     * @param training for training
     * @param validation to choose on
     * @param test to report
     * @return the data, of one fold
     * @throws IllegalArgumentException at the first use, if one gives other batches after a reset
     */
    static StudyData of(
            MultiDataSetIterator training,
            MultiDataSetIterator validation,
            MultiDataSetIterator test) {
        return new FixedData(Split.of(training, validation, test));
    }

    /**
     * Examples in memory, shuffled by the seed and cut into as many parts as there are folds: fold
     * f tests on part f, validates on the one after, and trains on the others, in another order in
     * each epoch. Stratified by the class of the first output where it has classes.
     *
     * @param all features and labels of all examples
     * @param batch examples per step
     * @param folds how many parts, at least 3
     * @return the data
     */
    static StudyData crossValidated(
            org.nd4j.linalg.dataset.api.MultiDataSet all, int batch, int folds) {
        return new CrossValidated(all, batch, folds);
    }
}
