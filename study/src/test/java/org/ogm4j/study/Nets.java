package org.ogm4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks and data. */
public final class Nets {

    /** Of each input. */
    public static final int WIDTH = 4;

    public static final int CLASSES = 3;

    private Nets() {}

    /** An encoder for each input, concatenation, softmax. */
    public static ComputationGraphConfiguration concat(long seed, String... inputs) {
        return concat(seed, LossFunction.MCXENT, Activation.SOFTMAX, CLASSES, inputs);
    }

    /** The same with another output. */
    public static ComputationGraphConfiguration concat(
            long seed, LossFunction loss, Activation activation, int width, String... inputs) {
        var graph =
                new NeuralNetConfiguration.Builder()
                        .seed(seed)
                        .dataType(DataType.FLOAT)
                        .updater(new Sgd(0.3))
                        .graphBuilder()
                        .addInputs(inputs);
        List<String> ends = new ArrayList<>();
        for (String input : inputs) {
            graph.addLayer(
                    input + "-encoder",
                    new DenseLayer.Builder().nIn(WIDTH).nOut(5).activation(Activation.TANH).build(),
                    input);
            ends.add(input + "-encoder");
        }
        return graph.addVertex("merge", new MergeVertex(), ends.toArray(String[]::new))
                .addLayer(
                        "out",
                        new OutputLayer.Builder(loss)
                                .nIn(5 * inputs.length)
                                .nOut(width)
                                .activation(activation)
                                .build(),
                        "merge")
                .setOutputs("out")
                .build();
    }

    /** Every input is the class's own pattern with noise, the more the further back it stands. */
    public static MultiDataSet examples(int count, int inputs, long seed) {
        Random random = new Random(seed);
        INDArray[] features = new INDArray[inputs];
        for (int u = 0; u < inputs; u++) {
            features[u] = Nd4j.create(DataType.FLOAT, count, WIDTH);
        }
        INDArray labels = Nd4j.create(DataType.FLOAT, count, CLASSES);
        for (int i = 0; i < count; i++) {
            int c = i % CLASSES;
            labels.putScalar(i, c, 1);
            for (int u = 0; u < inputs; u++) {
                for (int j = 0; j < WIDTH; j++) {
                    double clean = j == c ? 1 : 0;
                    features[u].putScalar(i, j, clean + (0.5 + 0.5 * u) * random.nextGaussian());
                }
            }
        }
        return new MultiDataSet(features, new INDArray[] {labels});
    }

    /** A study that takes a second or two: plain, ogm and ogm-ge on two folds and two seeds. */
    public static Study study() {
        return Study.of(seed -> concat(seed, "sound", "image"))
                .data("mine", StudyData.crossValidated(examples(36, 2, 7), 6, 3))
                .methods(
                        Method.plain().named("plain"),
                        Method.modulated(0.8, a -> org.ogm4j.ModulatedOptimizer.builder().alpha(a))
                                .named("ogm-ge"))
                .seeds(1, 2)
                .folds(3)
                .epochs(2);
    }
}
