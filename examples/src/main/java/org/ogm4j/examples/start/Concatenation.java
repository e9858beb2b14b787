package org.ogm4j.examples.start;

import java.util.Random;
import org.deeplearning4j.datasets.iterator.JointMultiDataSetIterator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ModulationListener;

/** Two modalities, an encoder each, concatenated into a softmax layer: the case of the paper. */
public final class Concatenation {

    private static final int CLASSES = 6;

    private Concatenation() {}

    /**
     * Trains and reports.
     *
     * @param args none
     */
    public static void main(String[] args) {
        ModulatedOptimizer ogm = ModulatedOptimizer.builder().alpha(0.8).epochs(0, 9).build();
        System.out.println(ogm.describe(network()));

        ComputationGraph net = new ComputationGraph(ogm.modulate(network()));
        net.init();
        net.addListeners(
                new ModulationListener(
                        step -> {
                            if (step.iteration() % 40 == 0) {
                                System.out.println(step.epoch() + " " + step.modalities());
                            }
                        }));
        net.fit(data(640, 1), 20); // modulated in the first ten epochs

        System.out.println(ModulatedOptimizer.evaluate(net, data(1000, 2)));
    }

    static ComputationGraphConfiguration network() {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Nesterovs(0.01, 0.9))
                .activation(Activation.RELU)
                .graphBuilder()
                .addInputs("sound", "picture")
                .addLayer("sound_fc", new DenseLayer.Builder().nOut(32).build(), "sound")
                .addLayer("picture_fc", new DenseLayer.Builder().nOut(32).build(), "picture")
                .addVertex("fusion", new MergeVertex(), "sound_fc", "picture_fc")
                .addLayer("head", head(), "fusion")
                .setOutputs("head")
                .setInputTypes(InputType.feedForward(24), InputType.feedForward(48))
                .build();
    }

    private static OutputLayer head() {
        return new OutputLayer.Builder().nOut(CLASSES).activation(Activation.SOFTMAX).build();
    }

    /** Made-up examples: the sound tells the classes apart better than the picture does. */
    private static MultiDataSetIterator data(int examples, long seed) {
        Random random = new Random(seed);
        float[][] sound = new float[examples][24];
        float[][] picture = new float[examples][48];
        float[][] label = new float[examples][CLASSES];
        for (int i = 0; i < examples; i++) {
            int truth = random.nextInt(CLASSES);
            label[i][truth] = 1;
            for (int j = 0; j < 48; j++) {
                boolean sign = j % CLASSES == truth;
                picture[i][j] = (float) random.nextGaussian() + (sign ? 0.5f : 0);
                if (j < 24) {
                    sound[i][j] = (float) random.nextGaussian() + (sign ? 1 : 0);
                }
            }
        }
        INDArray labels = Nd4j.create(label);
        DataSet sounds = new DataSet(Nd4j.create(sound), labels);
        DataSet pictures = new DataSet(Nd4j.create(picture), labels);
        return new JointMultiDataSetIterator(
                0, // the labels of the first
                new ViewIterator(sounds, 32),
                new ViewIterator(pictures, 32));
    }
}
