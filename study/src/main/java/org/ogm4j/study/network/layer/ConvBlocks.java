package org.ogm4j.study.network.layer;

import java.util.Locale;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;

/** The pieces that convolutional encoders are built from. Each adds to a graph, returns its end. */
public final class ConvBlocks {

    /** Share of the old running mean and variance that batch norm keeps at each step. */
    private static final double DECAY = 0.9;

    private ConvBlocks() {}

    /**
     * Convolution without bias, then batch norm, then the activation given.
     *
     * <p>The activation is a layer of its own: DL4J's batch norm has a setting for one and never
     * applies it.
     */
    public static String convNorm(
            GraphBuilder graph, String name, String from, Kernel kernel, Activation activation) {
        graph.addLayer(
                name + "-conv",
                new LeanConvolution.Builder(kernel.size(), kernel.size())
                        .inputGradient(!graph.getNetworkInputs().contains(from))
                        .stride(kernel.stride(), kernel.stride())
                        .convolutionMode(ConvolutionMode.Same)
                        .nOut(kernel.channels())
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build(),
                from);
        graph.addLayer(
                name + "-norm",
                new BatchNormalization.Builder().decay(DECAY).build(),
                name + "-conv");
        if (activation == Activation.IDENTITY) {
            return name + "-norm";
        }
        String end = name + "-" + activation.name().toLowerCase(Locale.ROOT);
        graph.addLayer(end, new ActivationLayer(activation), name + "-norm");
        return end;
    }

    /** Mean over all places: [m, c, h, w] to [m, c]. */
    public static String globalAverage(GraphBuilder graph, String name, String from) {
        graph.addLayer(name, new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), from);
        return name;
    }

    /**
     * A square kernel.
     *
     * @param channels how many it puts out
     * @param size height and width
     * @param stride over rows and over columns
     */
    public record Kernel(int channels, int size, int stride) {}
}
