package org.ogm4j.study.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.study.Split;
import org.ogm4j.study.StudyData;
import org.ogm4j.study.measure.SomeBatches;

/** Examples in memory, cut into folds. */
public final class CrossValidated implements StudyData {

    private static final int FEWEST = 3;

    private final MultiDataSet all;
    private final int batch;
    private final int folds;

    /** Of what {@code StudyData} says. */
    public CrossValidated(MultiDataSet all, int batch, int folds) {
        long examples = all.getFeatures(0).size(0);
        if (folds < FEWEST || folds > examples) {
            throw new IllegalArgumentException(
                    "folds must be %d to %d, one each to train, validate and test, got %d"
                            .formatted(FEWEST, examples, folds));
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1, got " + batch);
        }
        this.all = all;
        this.batch = batch;
        this.folds = folds;
    }

    @Override
    public Split split(long seed, int fold) {
        if (fold >= folds) {
            throw new IllegalArgumentException(
                    "folds of the study must be at most those of its data, %d, got fold %d"
                            .formatted(folds, fold));
        }
        List<Integer> order = order(seed);
        List<List<Integer>> parts = new ArrayList<>();
        for (int i = 0; i < folds; i++) {
            parts.add(new ArrayList<>());
        }
        for (int i = 0; i < order.size(); i++) {
            parts.get(i % folds).add(order.get(i));
        }
        List<Integer> test = parts.get(fold);
        List<Integer> validation = parts.get((fold + 1) % folds);
        List<Integer> training = new ArrayList<>(order);
        training.removeAll(test);
        training.removeAll(validation);
        return new Parts(training, validation, test, seed);
    }

    /**
     * Shuffled, then sorted by class, so that dealing it out gives every part its share of each.
     */
    private List<Integer> order(long seed) {
        INDArray labels = all.getLabels(0);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < labels.size(0); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        if (labels.rank() == 2 && labels.size(1) > 1) {
            int[] classes = labels.argMax(1).toIntVector();
            order.sort((a, b) -> Integer.compare(classes[a], classes[b]));
        }
        return order;
    }

    /** Three parts, by the numbers of their examples. */
    private final class Parts implements Split {

        private final List<Integer> training;
        private final List<Integer> validation;
        private final List<Integer> test;
        private final long seed;

        Parts(List<Integer> training, List<Integer> validation, List<Integer> test, long seed) {
            this.training = training;
            this.validation = validation;
            this.test = test;
            this.seed = seed;
        }

        @Override
        public MultiDataSetIterator training(int epoch) {
            List<Integer> order = new ArrayList<>(training);
            Collections.shuffle(order, new Random(31 * seed + epoch));
            return batches(order);
        }

        @Override
        public MultiDataSetIterator validation() {
            return batches(validation);
        }

        @Override
        public MultiDataSetIterator test() {
            return batches(test);
        }

        @Override
        public Split every(int n) {
            return part(n, true);
        }

        @Override
        public Split without(int n) {
            return part(n, false);
        }

        private Split part(int n, boolean every) {
            List<Integer> some = new ArrayList<>();
            for (int i = 0; i < training.size(); i++) {
                if (i % n == 0 == every) {
                    some.add(training.get(i));
                }
            }
            return new Parts(some, validation, test, seed);
        }
    }

    private MultiDataSetIterator batches(List<Integer> order) {
        List<MultiDataSet> batches = new ArrayList<>();
        for (int from = 0; from < order.size(); from += batch) {
            int[] rows =
                    order.subList(from, Math.min(order.size(), from + batch)).stream()
                            .mapToInt(i -> i)
                            .toArray();
            batches.add(
                    new org.nd4j.linalg.dataset.MultiDataSet(
                            rows(all.getFeatures(), rows),
                            rows(all.getLabels(), rows),
                            rows(all.getFeaturesMaskArrays(), rows),
                            rows(all.getLabelsMaskArrays(), rows)));
        }
        return new SomeBatches(batches);
    }

    private static INDArray[] rows(INDArray[] arrays, int[] rows) {
        return arrays == null
                ? null
                : Arrays.stream(arrays)
                        .map(array -> array == null ? null : rows(array, rows))
                        .toArray(INDArray[]::new);
    }

    private static INDArray rows(INDArray array, int[] rows) {
        long[] shape = array.shape().clone();
        shape[0] = rows.length;
        INDArray some = Nd4j.createUninitialized(array.dataType(), shape);
        for (int i = 0; i < rows.length; i++) {
            some.slice(i).assign(array.slice(rows[i]));
        }
        return some;
    }
}
