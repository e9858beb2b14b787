package org.ogm4j.examples.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Networks for sounds and images: an encoder for each modality, and a fusion. For the digits:
 *
 * <pre>
 * audio  [m, 1, 129, 49] - encoder - \
 *                                     fusion - head [m, 10]
 * visual [m, 1,  28, 28] - encoder - /
 * </pre>
 *
 * <p>An encoder's vertices start with the name of the modality, and one modality alone reaches
 * them. It ends in {@link Modality#features()} or in {@link Modality#tokens()}, whichever the
 * fusion reads.
 */
public final class AudioVisualNet {

    /** The output: softmax with cross-entropy. */
    public static final String HEAD = "head";

    private AudioVisualNet() {}

    /**
     * The plain network of convolutions and concatenation, for the digits.
     *
     * @param updater of all layers
     * @param learningRate of the updater
     * @param seed of the initial weights
     */
    public static ComputationGraphConfiguration configuration(
            Updater updater, double learningRate, long seed) {
        return configuration(Encoder.CNN, Fusion.CONCAT, updater, learningRate, seed);
    }

    /**
     * A plain network for the digits.
     *
     * @param encoder of both modalities
     * @param fusion behind the encoders
     * @param updater of all layers
     * @param learningRate of the updater
     * @param seed of the initial weights
     */
    public static ComputationGraphConfiguration configuration(
            Encoder encoder, Fusion fusion, Updater updater, double learningRate, long seed) {
        return configuration(new Architecture(encoder, fusion), updater, learningRate, seed);
    }

    /**
     * A plain network.
     *
     * @param architecture which
     * @param updater of all layers
     * @param learningRate of the updater
     * @param seed of the initial weights
     */
    public static ComputationGraphConfiguration configuration(
            Architecture architecture, Updater updater, double learningRate, long seed) {
        GraphBuilder graph = fused(architecture, updater, learningRate, seed);
        return decayed(graph.build(), updater.decay());
    }

    /** A network that has both encoders, the fusion and the output. */
    static GraphBuilder fused(
            Architecture architecture, Updater updater, double learningRate, long seed) {
        Sizes sizes = architecture.sizes();
        Encoder encoder = architecture.encoder();
        Fusion fusion = architecture.fusion();
        List<Modality> both = Arrays.asList(Modality.values());
        GraphBuilder graph = inputs(updater, learningRate, seed, both, sizes);
        both.forEach(modality -> encoder.build(graph, modality, sizes, fusion.end()));
        fusion.build(graph, encoder, sizes);
        return graph;
    }

    /** A network that as yet has inputs only. */
    static GraphBuilder inputs(
            Updater updater,
            double learningRate,
            long seed,
            List<Modality> modalities,
            Sizes sizes) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(updater.withRate(learningRate))
                .weightInit(WeightInit.RELU)
                .graphBuilder()
                .addInputs(modalities.stream().map(Modality::input).toArray(String[]::new))
                .setInputTypes(
                        modalities.stream()
                                .map(modality -> sizes.of(modality).type())
                                .toArray(InputType[]::new));
    }

    /** Gives every trained layer and vertex this updater. */
    public static void setUpdaters(ComputationGraphConfiguration conf, IUpdater updater) {
        for (GraphVertex vertex : conf.getVertices().values()) {
            if (vertex instanceof SameDiffVertex trained) {
                trained.setUpdater(updater);
            } else if (vertex instanceof LayerVertex layer) {
                if (layer.getLayerConf().getLayer() instanceof BaseLayer trained) {
                    trained.setIUpdater(updater);
                } else if (layer.getLayerConf().getLayer()
                        instanceof AbstractSameDiffLayer trained) {
                    trained.setUpdater(updater);
                }
            }
        }
    }

    /** Set on each layer, because DL4J adds a network-wide weight decay twice. */
    static ComputationGraphConfiguration decayed(
            ComputationGraphConfiguration conf, Regularization decay) {
        for (GraphVertex vertex : conf.getVertices().values()) {
            List<Regularization> own = new ArrayList<>(List.of(decay.clone()));
            if (vertex instanceof SameDiffVertex attention) {
                attention.setRegularization(own);
            } else if (vertex instanceof LayerVertex layer) {
                if (layer.getLayerConf().getLayer() instanceof BaseLayer trained) {
                    trained.setRegularization(own);
                } else if (layer.getLayerConf().getLayer()
                        instanceof AbstractSameDiffLayer trained) {
                    trained.setRegularization(own);
                }
            }
        }
        return conf;
    }
}
