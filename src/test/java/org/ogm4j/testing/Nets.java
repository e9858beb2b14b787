package org.ogm4j.testing;

import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.ModulatedOptimizer;

/** Small networks and batches that many tests share. */
public final class Nets {

    /** Classes of {@link #dense()} and {@link #batch(int, long)}. */
    public static final int CLASSES = 3;

    private Nets() {}

    /** A builder in double with a seed, Xavier weights and tanh. */
    public static NeuralNetConfiguration.Builder base(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(42)
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH)
                .updater(updater);
    }

    /** The same with plain SGD of rate 0.1. */
    public static NeuralNetConfiguration.Builder base() {
        return base(new Sgd(0.1));
    }

    /** Two dense encoders, audio 5 to 4 and visual 6 to 7, concatenated into a softmax output. */
    public static ComputationGraphConfiguration dense(IUpdater updater) {
        return dense(base(updater));
    }

    /** The same from a builder of the test's own. */
    public static ComputationGraphConfiguration dense(NeuralNetConfiguration.Builder builder) {
        return encoders(builder)
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    /** With plain SGD. */
    public static ComputationGraphConfiguration dense() {
        return dense(base());
    }

    /** Inputs and encoders of {@link #dense()}, to be fused as a test likes. */
    public static GraphBuilder encoders(NeuralNetConfiguration.Builder builder) {
        return builder.graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_fc", layer(4), "audio")
                .addLayer("visual_fc", layer(7), "visual");
    }

    /** With plain SGD. */
    public static GraphBuilder encoders() {
        return encoders(base());
    }

    /** The encoders of {@link #dense()}, a linear head of its own on each, and their sum. */
    public static ComputationGraphConfiguration sum() {
        return heads(encoders(), add(), "audio_fc", "visual_fc")
                .addLayer("out", loss(), "fusion")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    /** Adds linear heads audio_head and visual_head, and their fusion. */
    public static GraphBuilder heads(
            GraphBuilder builder, GraphVertex fusion, String audio, String visual) {
        return builder.addLayer("audio_head", linear(), audio)
                .addLayer("visual_head", linear(), visual)
                .addVertex("fusion", fusion, "audio_head", "visual_head");
    }

    /** Two LSTMs, audio 2 to 3 and visual 3 to 4, to be fused as a test likes. */
    public static GraphBuilder recurrentEncoders(IUpdater updater) {
        return base(updater)
                .graphBuilder()
                .addInputs("audio", "visual")
                .setInputTypes(InputType.recurrent(2), InputType.recurrent(3))
                .addLayer("audio_rnn", lstm(3), "audio")
                .addLayer("visual_rnn", lstm(4), "visual");
    }

    /** The same, concatenated into a softmax output at every step. */
    public static GraphBuilder recurrent(IUpdater updater) {
        return sequenceOutput(recurrentEncoders(updater), "audio_rnn", "visual_rnn");
    }

    /** Adds a concatenation and a softmax output at every step. */
    public static GraphBuilder sequenceOutput(GraphBuilder builder, String audio, String visual) {
        return builder.addVertex("concat", new MergeVertex(), audio, visual)
                .addLayer(
                        "out",
                        new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(CLASSES)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "concat")
                .setOutputs("out");
    }

    /** One-hot labels [examples, classes, steps]. */
    public static INDArray sequenceLabels(Random random, int examples, int steps) {
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, examples, CLASSES, steps);
        for (int i = 0; i < examples; i++) {
            for (int t = 0; t < steps; t++) {
                labels.putScalar(new int[] {i, random.nextInt(CLASSES), t}, 1);
            }
        }
        return labels;
    }

    /** A batch for {@link #recurrent}. */
    public static MultiDataSet sequences(int examples, int steps, long seed) {
        Random random = new Random(seed);
        INDArray labels = sequenceLabels(random, examples, steps);
        return new MultiDataSet(
                new INDArray[] {
                    gaussian(random, examples, 2, steps), gaussian(random, examples, 3, steps)
                },
                new INDArray[] {labels});
    }

    /** Softmax with cross-entropy. */
    public static OutputLayer output() {
        return output(CLASSES);
    }

    /** The same for another number of classes. */
    public static OutputLayer output(int classes) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build();
    }

    /** Softmax with cross-entropy on logits that are there already. */
    public static LossLayer loss() {
        return new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build();
    }

    /** A linear layer of as many outputs as classes. */
    public static DenseLayer linear() {
        return linear(CLASSES);
    }

    /** A linear layer. */
    public static DenseLayer linear(int out) {
        return new DenseLayer.Builder().nOut(out).activation(Activation.IDENTITY).build();
    }

    /** A dense layer with the activation of the network. */
    public static DenseLayer layer(int out) {
        return new DenseLayer.Builder().nOut(out).build();
    }

    /** An LSTM. */
    public static LSTM lstm(int out) {
        return new LSTM.Builder().nOut(out).build();
    }

    /** The sum of some vertices. */
    public static ElementWiseVertex add() {
        return new ElementWiseVertex(ElementWiseVertex.Op.Add);
    }

    /** The product of some vertices. */
    public static ElementWiseVertex product() {
        return new ElementWiseVertex(ElementWiseVertex.Op.Product);
    }

    /** A network that these options modulate, initialised. */
    public static ComputationGraph modulated(
            ModulatedOptimizer.Builder options, ComputationGraphConfiguration conf) {
        return init(options.build().modulate(conf));
    }

    /** An initialised network. */
    public static ComputationGraph init(ComputationGraphConfiguration conf) {
        ComputationGraph graph = new ComputationGraph(conf);
        graph.init();
        return graph;
    }

    /**
     * A batch for {@link #dense()} in double; the label moves visual features more than audio ones.
     */
    public static MultiDataSet batch(int examples, long seed) {
        return batch(examples, seed, DataType.DOUBLE);
    }

    /** The same in some type. */
    public static MultiDataSet batch(int examples, long seed, DataType type) {
        Random random = new Random(seed);
        INDArray labels = labels(examples, random, type);
        return new MultiDataSet(
                new INDArray[] {
                    features(random, labels, 0.3, type, examples, 5),
                    features(random, labels, 1.5, type, examples, 6)
                },
                new INDArray[] {labels});
    }

    /** One-hot labels. */
    public static INDArray labels(int examples, Random random, DataType type) {
        INDArray labels = Nd4j.zeros(type, examples, CLASSES);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, random.nextInt(CLASSES), 1);
        }
        return labels;
    }

    /** Gaussian features of any shape, shifted by the class. */
    public static INDArray features(
            Random random, INDArray labels, double signal, DataType type, long... shape) {
        double[] features = numbers(random, shape);
        int perExample = features.length / (int) shape[0];
        double[] classes = labels.argMax(1).toDoubleVector();
        for (int i = 0; i < features.length; i++) {
            features[i] += signal * classes[i / perExample];
        }
        return Nd4j.createFromArray(features).reshape('c', shape).castTo(type);
    }

    /** Gaussian numbers of any shape, in double. */
    public static INDArray gaussian(Random random, long... shape) {
        return Nd4j.createFromArray(numbers(random, shape)).reshape('c', shape);
    }

    private static double[] numbers(Random random, long... shape) {
        double[] numbers = new double[(int) ArrayUtil.prodLong(shape)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextGaussian();
        }
        return numbers;
    }
}
