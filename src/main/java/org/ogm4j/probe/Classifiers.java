package org.ogm4j.probe;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.host.Formats;
import org.ogm4j.host.OutputTypes;
import org.ogm4j.host.Vertices;
import org.ogm4j.score.OutputLoss;

/** The layers of a linear classifier with the loss of an output of the network. */
public final class Classifiers {

    private Classifiers() {}

    /**
     * The mean over places.
     *
     * @param type of what it reads: sequences or images
     * @return a layer that reads what {@link #turned} makes of it
     */
    public static Layer mean(InputType type) {
        GlobalPoolingLayer.Builder mean = new GlobalPoolingLayer.Builder(PoolingType.AVG);
        Formats format = Formats.of(type);
        if (format.channelsLast() && !isTurned(type)) {
            mean.poolingDimensions(format.places());
        }
        return mean.build();
    }

    /**
     * Sequences with the features in front of the steps, because masks want it so.
     *
     * @param type of what is read
     * @return what makes them so, null for what is in order already
     */
    public static InputPreProcessor turned(InputType type) {
        return isTurned(type)
                ? new ComposableInputPreProcessor(
                        new RnnToFeedForwardPreProcessor(RNNFormat.NWC),
                        new FeedForwardToRnnPreProcessor(RNNFormat.NCW))
                : null;
    }

    private static boolean isTurned(InputType type) {
        return type instanceof InputType.InputTypeRecurrent && Formats.of(type).channelsLast();
    }

    /**
     * A linear classifier.
     *
     * @param conf the network
     * @param output whose labels it is trained with, in every step if that is
     * @param loss that output's, and what makes predictions of logits
     * @return the layer, without the width of its input
     */
    public static BaseOutputLayer classifier(
            ComputationGraphConfiguration conf, String output, OutputLoss loss) {
        int classes = OutputTypes.classes(conf, output).orElseThrow().intValue();
        return OutputTypes.isPerStep(conf, output)
                ? new RnnOutputLayer.Builder(loss.function())
                        .activation(loss.activation())
                        .nOut(classes)
                        .build()
                : new OutputLayer.Builder(loss.function())
                        .activation(loss.activation())
                        .nOut(classes)
                        .build();
    }

    /**
     * A layer as a vertex wants it, with the updater of an output.
     *
     * @param conf the network
     * @param output whose updater it has
     * @param name of the layer
     * @param layer changed in place
     * @return its configuration
     */
    public static NeuralNetConfiguration named(
            ComputationGraphConfiguration conf, String output, String name, Layer layer) {
        NeuralNetConfiguration shared = conf.getDefaultConfiguration();
        IUpdater updater =
                ((BaseLayer) Vertices.layerOf(conf.getVertices().get(output))).getIUpdater();
        layer.setLayerName(name);
        return new NeuralNetConfiguration.Builder()
                .seed(shared.getSeed())
                .miniBatch(shared.isMiniBatch())
                .dataType(conf.getDataType())
                .updater(updater.clone())
                .layer(layer)
                .build();
    }
}
