package org.ogm4j.examples.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.JointMultiDataSetIterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Made-up data: noise of standard deviation 1, and a signal in the columns of the true class. */
public final class MadeUp {

    private record Modality(int columns, double signal) {}

    private final int classes;
    private final List<Modality> modalities = new ArrayList<>();

    /**
     * Data without modalities yet.
     *
     * @param classes how many, equally frequent
     */
    public MadeUp(int classes) {
        this.classes = classes;
    }

    /**
     * Adds an input.
     *
     * @param columns numbers for each example
     * @param signal what the columns of the true class are higher by: more is easier
     * @return these data
     */
    public MadeUp modality(int columns, double signal) {
        modalities.add(new Modality(columns, signal));
        return this;
    }

    /**
     * Examples in one batch.
     *
     * @param examples how many
     * @param seed equal seeds, equal examples
     * @return features [examples, columns] for each modality, and labels [examples, classes]
     */
    public MultiDataSet batch(int examples, long seed) {
        Random random = new Random(seed);
        INDArray labels = Nd4j.zeros(examples, classes);
        INDArray[] features = new INDArray[modalities.size()];
        for (int m = 0; m < features.length; m++) {
            features[m] = Nd4j.create(examples, modalities.get(m).columns);
        }
        for (int i = 0; i < examples; i++) {
            int truth = random.nextInt(classes);
            labels.putScalar(i, truth, 1);
            for (int m = 0; m < features.length; m++) {
                Modality modality = modalities.get(m);
                for (int j = 0; j < modality.columns; j++) {
                    double signal = j % classes == truth ? modality.signal : 0;
                    features[m].putScalar(i, j, random.nextGaussian() + signal);
                }
            }
        }
        return new MultiDataSet(features, new INDArray[] {labels});
    }

    /**
     * The same in batches, which can be read again and again.
     *
     * @param examples how many in all
     * @param size of a batch
     * @param seed equal seeds, equal examples
     * @return an iterator that can be reset
     */
    public MultiDataSetIterator batches(int examples, int size, long seed) {
        MultiDataSet all = batch(examples, seed);
        List<DataSetIterator> iterators = new ArrayList<>();
        for (INDArray features : all.getFeatures()) {
            iterators.add(new ViewIterator(new DataSet(features, all.getLabels(0)), size));
        }
        return new JointMultiDataSetIterator(0, iterators.toArray(new DataSetIterator[0]));
    }
}
