package org.ogm4j.examples.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Made-up examples of two modalities: Gaussian features around a centre per class. Sight is the
 * easier of the two, so it leads.
 */
final class TwoModalities {

    static final int CLASSES = 6;

    private static final int SOUND = 24;
    private static final int SIGHT = 32;
    private static final double SOUND_SIGNAL = 0.35;
    private static final double SIGHT_SIGNAL = 0.55;

    private final INDArray soundCentres;
    private final INDArray sightCentres;
    private final Random random;

    /**
     * A source of examples.
     *
     * @param seed of the examples; the centres are always the same
     */
    TwoModalities(long seed) {
        Random centres = new Random(1);
        soundCentres = gaussian(centres, CLASSES, SOUND).muli(SOUND_SIGNAL);
        sightCentres = gaussian(centres, CLASSES, SIGHT).muli(SIGHT_SIGNAL);
        random = new Random(seed);
    }

    /** One dense encoder per modality, concatenated into a softmax output. Not modulated. */
    static ComputationGraphConfiguration network(IUpdater updater) {
        return network(updater, DataType.FLOAT);
    }

    static ComputationGraphConfiguration network(IUpdater updater, DataType type) {
        return new NeuralNetConfiguration.Builder()
                .seed(42)
                .dataType(type)
                .activation(Activation.TANH)
                .updater(updater)
                .graphBuilder()
                .addInputs("sound", "sight")
                .addLayer("sound_fc", new DenseLayer.Builder().nOut(32).build(), "sound")
                .addLayer("sight_fc", new DenseLayer.Builder().nOut(32).build(), "sight")
                .addVertex("joined", new MergeVertex(), "sound_fc", "sight_fc")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(CLASSES)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "joined")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(SOUND), InputType.feedForward(SIGHT))
                .build();
    }

    /** The next examples: [examples, features] for both modalities, one-hot labels. */
    MultiDataSet batch(int examples) {
        INDArray labels = Nd4j.zeros(examples, CLASSES);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, random.nextInt(CLASSES), 1);
        }
        return new MultiDataSet(
                new INDArray[] {
                    labels.mmul(soundCentres).addi(gaussian(random, examples, SOUND)),
                    labels.mmul(sightCentres).addi(gaussian(random, examples, SIGHT))
                },
                new INDArray[] {labels});
    }

    /** The next batches. */
    List<org.nd4j.linalg.dataset.api.MultiDataSet> batches(int count, int examples) {
        List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(batch(examples));
        }
        return batches;
    }

    private static INDArray gaussian(Random random, int rows, int columns) {
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            for (int j = 0; j < columns; j++) {
                row[j] = (float) random.nextGaussian();
            }
        }
        return Nd4j.createFromArray(values);
    }
}
