package org.ogm4j.examples.start;

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
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.Balance;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.UnimodalEvaluation;

/** Captions (embedding) and pictures (convolution), trained plainly and with uniform losses. */
public final class TextAndImage {

    private static final int WORDS = MadeUpShapes.WORDS.size();

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
            net.fit(MadeUpShapes.batch(64, step));
        }
        MultiDataSet test = MadeUpShapes.batch(1000, -1);
        return ModulatedOptimizer.evaluate(net, new SingletonMultiDataSetIterator(test));
    }

    static ComputationGraphConfiguration network() {
        OutputLayer head = new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build();
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.005))
                .activation(Activation.RELU)
                .graphBuilder()
                .addInputs("text", "image")
                .addLayer(
                        "words",
                        new EmbeddingSequenceLayer.Builder().nIn(WORDS).nOut(8).build(),
                        "text")
                .addLayer("caption", new GlobalPoolingLayer(), "words")
                .addLayer(
                        "edges", new ConvolutionLayer.Builder(3, 3).nIn(1).nOut(8).build(), "image")
                .addLayer("image_fc", new DenseLayer.Builder().nOut(8).build(), "edges")
                .addVertex("fusion", new MergeVertex(), "caption", "image_fc")
                .addLayer("head", head, "fusion")
                .setOutputs("head")
                .setInputTypes(InputType.recurrent(WORDS, 4), InputType.convolutional(9, 9, 1))
                .build();
    }
}
