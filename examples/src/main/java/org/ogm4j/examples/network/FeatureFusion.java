package org.ogm4j.examples.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Fusions of features, [m, d] from each encoder. Each adds the output too. */
final class FeatureFusion {

    /** The features of both, from which film and gated take each modality's part again. */
    private static final String JOINT = "joint";

    private static final String FUSION = "fusion";

    private FeatureFusion() {}

    /** Concatenation, then one softmax layer with cross-entropy. */
    static void concat(GraphBuilder graph, int classes) {
        graph.addVertex(
                FUSION, new MergeVertex(), Modality.AUDIO.features(), Modality.VISUAL.features());
        head(graph, FUSION, classes);
    }

    /** A linear layer per modality; softmax of the sum, cross-entropy. */
    static void sum(GraphBuilder graph, int classes) {
        for (Modality modality : Modality.values()) {
            dense(graph, ownHead(modality), modality.features(), linear(classes, 0));
        }
        add(graph, FUSION, ownHead(Modality.AUDIO), ownHead(Modality.VISUAL));
        graph.addLayer(
                        AudioVisualNet.HEAD,
                        new LossLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        FUSION)
                .setOutputs(AudioVisualNet.HEAD);
    }

    private static String ownHead(Modality modality) {
        return modality.input() + "-head";
    }

    /**
     * FiLM: {@code gamma(visual) * audio + beta(visual)}, then a softmax layer. Gamma's bias starts
     * at 1, so that the sound alone, with visual features of 0, passes as it is.
     *
     * <p>The features are joined and taken apart again so that gamma and beta are part of the
     * fusion, as published, and not of the visual encoder.
     *
     * @param width d of the features
     * @see <a href="https://arxiv.org/abs/1709.07871">Perez et al.: FiLM, AAAI 2018, eq. 2</a>
     */
    static void film(GraphBuilder graph, int width, int classes) {
        joint(graph, width);
        dense(graph, "gamma", part(Modality.VISUAL), linear(width, 1));
        dense(graph, "beta", part(Modality.VISUAL), linear(width, 0));
        multiply(graph, "scaled", "gamma", part(Modality.AUDIO));
        add(graph, FUSION, "scaled", "beta");
        head(graph, FUSION, classes);
    }

    /**
     * Gates in both directions: {@code sigmoid(U v) * (P a) + sigmoid(V a) * (Q v)} of features a
     * and v, then a softmax layer. With one direction, as in the publication, the modality that
     * makes the gate would say nothing alone.
     *
     * @param width d of the features
     * @see <a href="https://arxiv.org/abs/1802.02892">Kiela et al.: Efficient Large-Scale
     *     Multi-Modal Classification, AAAI 2018, section 3.3</a>
     */
    static void gated(GraphBuilder graph, int width, int classes) {
        joint(graph, width);
        for (Modality modality : Modality.values()) {
            String name = modality.input();
            DenseLayer.Builder gate = linear(width, 0).activation(Activation.SIGMOID);
            dense(graph, "gate-of-" + name, part(modality.other()), gate);
            dense(graph, "value-of-" + name, part(modality), linear(width, 0));
            multiply(graph, "gated-" + name, "gate-of-" + name, "value-of-" + name);
        }
        add(graph, FUSION, "gated-audio", "gated-visual");
        head(graph, FUSION, classes);
    }

    /** One softmax layer with cross-entropy, the output of the network. */
    static void head(GraphBuilder graph, String from, int classes) {
        graph.addLayer(AudioVisualNet.HEAD, softmax(classes), from).setOutputs(AudioVisualNet.HEAD);
    }

    /** A linear layer, softmax, and cross-entropy with the labels. */
    static OutputLayer softmax(int classes) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .weightInit(WeightInit.XAVIER)
                .nOut(classes)
                .build();
    }

    private static void joint(GraphBuilder graph, int width) {
        graph.addVertex(
                JOINT, new MergeVertex(), Modality.AUDIO.features(), Modality.VISUAL.features());
        for (Modality modality : Modality.values()) {
            int from = modality == Modality.AUDIO ? 0 : width;
            graph.addVertex(part(modality), new SubsetVertex(from, from + width - 1), JOINT);
        }
    }

    private static String part(Modality modality) {
        return JOINT + "-" + modality.input();
    }

    private static DenseLayer.Builder linear(int size, double bias) {
        return new DenseLayer.Builder()
                .nOut(size)
                .activation(Activation.IDENTITY)
                .weightInit(WeightInit.XAVIER)
                .biasInit(bias);
    }

    private static void dense(
            GraphBuilder graph, String name, String from, DenseLayer.Builder layer) {
        graph.addLayer(name, layer.build(), from);
    }

    private static void add(GraphBuilder graph, String name, String first, String second) {
        graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), first, second);
    }

    private static void multiply(GraphBuilder graph, String name, String first, String second) {
        graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Product), first, second);
    }
}
