package org.ogm4j.examples.start;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.Balance;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.UnimodalEvaluation;

/** Captions (embedding) and pictures (convolution), trained plainly and with uniform losses. */
public final class TextAndImage {

    private static final List<String> SHAPES = List.of("line", "square", "cross");
    private static final List<String> WORDS =
            List.of("line", "square", "cross", "a", "the", "big", "dark");

    private TextAndImage() {}

    /**
     * Trains twice from the same weights and compares each modality alone.
     *
     * @param args none
     */
    public static void main(String[] args) {
        System.out.println("plain\n" + train(network()));
        System.out.println(
                "uniform losses\n" + train(Balance.uniform(1).build().modulate(network())));
    }

    static UnimodalEvaluation train(ComputationGraphConfiguration conf) {
        ComputationGraph net = new ComputationGraph(conf);
        net.init();
        for (int step = 0; step < 60; step++) {
            net.fit(batch(64, step));
        }
        return ModulatedOptimizer.evaluate(net, new SingletonMultiDataSetIterator(batch(1000, -1)));
    }

    static ComputationGraphConfiguration network() {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.005))
                .activation(Activation.RELU)
                .graphBuilder()
                .addInputs("text", "image")
                .addLayer(
                        "words",
                        new EmbeddingSequenceLayer.Builder().nIn(WORDS.size()).nOut(8).build(),
                        "text")
                .addLayer("caption", new GlobalPoolingLayer(), "words")
                .addLayer(
                        "edges", new ConvolutionLayer.Builder(3, 3).nIn(1).nOut(8).build(), "image")
                .addLayer("image_fc", new DenseLayer.Builder().nOut(8).build(), "edges")
                .addVertex("fusion", new MergeVertex(), "caption", "image_fc")
                .addLayer(
                        "head",
                        new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build(),
                        "fusion")
                .setOutputs("head")
                .setInputTypes(
                        InputType.recurrent(WORDS.size(), 4), InputType.convolutional(9, 9, 1))
                .build();
    }

    /** Made-up: a shape in noise, and four words that name it, or now and then another one. */
    private static MultiDataSet batch(int examples, long seed) {
        Random random = new Random(seed);
        INDArray text = Nd4j.create(examples, 1, 4);
        INDArray image = Nd4j.create(examples, 1, 9, 9);
        INDArray labels = Nd4j.zeros(examples, SHAPES.size());
        for (int i = 0; i < examples; i++) {
            int shape = random.nextInt(SHAPES.size());
            labels.putScalar(i, shape, 1);
            int named = random.nextInt(10) < 7 ? shape : random.nextInt(SHAPES.size());
            for (int word = 0; word < 4; word++) {
                int filler = SHAPES.size() + random.nextInt(WORDS.size() - SHAPES.size());
                text.putScalar(i, 0, word, word == 2 ? named : filler);
            }
            draw(image, i, shape, random);
        }
        return new MultiDataSet(new INDArray[] {text, image}, new INDArray[] {labels});
    }

    private static void draw(INDArray image, int example, int shape, Random random) {
        int size = 2 + random.nextInt(2);
        for (int y = -4; y <= 4; y++) {
            for (int x = -4; x <= 4; x++) {
                int far = Math.max(Math.abs(x), Math.abs(y));
                boolean ink =
                        switch (shape) {
                            case 0 -> y == 0 && far <= size;
                            case 1 -> far == size;
                            default -> (x == 0 || y == 0) && far <= size;
                        };
                double value = (ink ? 1 : 0) + random.nextGaussian();
                image.putScalar(new int[] {example, 0, y + 4, x + 4}, value);
            }
        }
    }
}
