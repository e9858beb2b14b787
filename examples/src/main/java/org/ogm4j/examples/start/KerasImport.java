package org.ogm4j.examples.start;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.ModulatedOptimizer;

/** A compiled Keras model of two inputs, imported and trained on, balanced. */
public final class KerasImport {

    private KerasImport() {}

    /**
     * Trains and reports.
     *
     * @param args none
     * @throws Exception if the file cannot be imported
     */
    public static void main(String[] args) throws Exception {
        ComputationGraph keras = imported();
        ModulatedOptimizer ogm = ModulatedOptimizer.builder().build();
        System.out.println(ogm.describe(keras.getConfiguration()));
        ComputationGraph net = ogm.modulate(keras); // with the weights from the file
        System.out.println("as imported\n" + quality(net));
        train(net);
        System.out.println("trained on\n" + quality(net));
    }

    /** The second argument asks for the loss and the optimizer that the model was compiled with. */
    static ComputationGraph imported()
            throws IOException,
                    InvalidKerasConfigurationException,
                    UnsupportedKerasConfigurationException {
        try (InputStream file = KerasImport.class.getResourceAsStream("/keras/two-inputs.h5")) {
            return KerasModelImport.importKerasModelAndWeights(file, true);
        }
    }

    static void train(ComputationGraph net) {
        for (int step = 0; step < 100; step++) {
            net.fit(batch(32, step));
        }
    }

    private static Object quality(ComputationGraph net) {
        return ModulatedOptimizer.evaluate(net, new SingletonMultiDataSetIterator(batch(500, -1)));
    }

    /** Made-up examples of three classes, which "visual" tells apart better. */
    static MultiDataSet batch(int examples, long seed) {
        Random random = new Random(seed);
        INDArray audio = Nd4j.create(examples, 5);
        INDArray visual = Nd4j.create(examples, 6);
        INDArray labels = Nd4j.zeros(examples, 3);
        for (int i = 0; i < examples; i++) {
            int truth = random.nextInt(3);
            labels.putScalar(i, truth, 1);
            for (int j = 0; j < 6; j++) {
                visual.putScalar(i, j, random.nextGaussian() + (j % 3 == truth ? 1.5 : 0));
                if (j < 5) {
                    audio.putScalar(i, j, random.nextGaussian() + (j % 3 == truth ? 0.8 : 0));
                }
            }
        }
        return new MultiDataSet(new INDArray[] {audio, visual}, new INDArray[] {labels});
    }
}
