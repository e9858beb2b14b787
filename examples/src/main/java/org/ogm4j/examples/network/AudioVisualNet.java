package org.ogm4j.examples.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.examples.data.Picture;
import org.ogm4j.examples.network.ConvBlocks.Kernel;
import org.ogm4j.examples.signal.Examples;
import org.ogm4j.examples.signal.SignalPath;
import org.ogm4j.examples.signal.Spectrogram;

/**
 * A small network for spoken and written digits: two convolutional encoders whose features are
 * concatenated and read by one softmax layer.
 *
 * <pre>
 * audio  [m, 1, 129, 49] - conv 16, 32, 64 - mean - audio-features  [m, 64] \
 *                                                                            fusion - head [m, 10]
 * visual [m, 1,  28, 28] - conv 16, 32, 64 - mean - visual-features [m, 64] /
 * </pre>
 *
 * <p>Every convolution is followed by batch norm and ReLU. The audio encoder's first one steps four
 * bins and two frames at a time, all others two places in either direction.
 */
public final class AudioVisualNet {

    /** The vertex that classifies the concatenated features, audio first. */
    public static final String HEAD = "head";

    private static final int[] CHANNELS = {12, 24, 48, 96};

    private AudioVisualNet() {}

    /**
     * The plain network.
     *
     * @param updater of all layers
     * @param learningRate of the updater
     * @param seed of the initial weights
     */
    public static ComputationGraphConfiguration configuration(
            Updater updater, double learningRate, long seed) {
        GraphBuilder graph =
                new NeuralNetConfiguration.Builder()
                        .seed(seed)
                        .updater(updater.withRate(learningRate))
                        .weightInit(WeightInit.RELU)
                        .graphBuilder()
                        .addInputs(Modality.AUDIO.input(), Modality.VISUAL.input())
                        .setInputTypes(
                                InputType.convolutional(
                                        Spectrogram.SPEECH.bins(), SignalPath.FRAMES, 1),
                                InputType.convolutional(Picture.SIZE, Picture.SIZE, 1));
        encoder(graph, Modality.AUDIO, new Kernel(CHANNELS[0], 5, 4));
        encoder(graph, Modality.VISUAL, new Kernel(CHANNELS[0], 3, 2));
        fuse(graph, Examples.CLASSES);
        return decayed(graph.build(), updater.decay());
    }

    /** Set on each layer, because DL4J adds a network-wide weight decay twice. */
    private static ComputationGraphConfiguration decayed(
            ComputationGraphConfiguration conf, Regularization decay) {
        for (GraphVertex vertex : conf.getVertices().values()) {
            if (vertex instanceof LayerVertex layer
                    && layer.getLayerConf().getLayer() instanceof BaseLayer trained) {
                trained.setRegularization(new ArrayList<>(List.of(decay.clone())));
            }
        }
        return conf;
    }

    private static void encoder(GraphBuilder graph, Modality modality, Kernel first) {
        String end = modality.input();
        for (int i = 0; i < CHANNELS.length; i++) {
            Kernel kernel = i == 0 ? first : new Kernel(CHANNELS[i], 3, 2);
            String name = modality.input() + "-" + (i + 1);
            end = ConvBlocks.convNorm(graph, name, end, kernel, Activation.RELU);
        }
        ConvBlocks.globalAverage(graph, modality.features(), end);
    }

    /** Concatenation, then one softmax layer with cross-entropy. */
    static void fuse(GraphBuilder graph, int classes) {
        graph.addVertex(
                        "fusion",
                        new MergeVertex(),
                        Modality.AUDIO.features(),
                        Modality.VISUAL.features())
                .addLayer(
                        HEAD,
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .weightInit(WeightInit.XAVIER)
                                .nOut(classes)
                                .build(),
                        "fusion")
                .setOutputs(HEAD);
    }
}
