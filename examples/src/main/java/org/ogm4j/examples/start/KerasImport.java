package org.ogm4j.examples.start;

import java.io.IOException;
import java.io.InputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.ogm4j.ModulatedOptimizer;

/** A compiled Keras model of two inputs, imported and trained on, balanced. */
public final class KerasImport {

    private static final MadeUp DATA = new MadeUp(3).modality(5, 0.8).modality(6, 1.5);

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
        net.fit(DATA.batches(3200, 32, 1), 1);
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

    private static Object quality(ComputationGraph net) {
        return ModulatedOptimizer.evaluate(net, DATA.batches(500, 100, 2));
    }
}
