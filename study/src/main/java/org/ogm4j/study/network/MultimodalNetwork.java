package org.ogm4j.study.network;

import java.util.ArrayList;
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
 * Networks of any number of modalities: an encoder for each, a fusion, an output.
 *
 * <pre>
 * audio  - encoder - \
 * visual - encoder - - fusion - head
 * text   - encoder - /
 * </pre>
 */
public final class MultimodalNetwork {

    /** The output. */
    public static final String HEAD = "head";

    private MultimodalNetwork() {}

    /**
     * What cannot be built, one sentence each with the way out.
     *
     * @param branches the modalities
     * @param fusion behind them
     * @return nothing if all goes together
     */
    public static List<String> problems(List<Branch> branches, Fusion fusion) {
        return fusion.problem(branches).stream().toList();
    }

    /**
     * A plain network.
     *
     * @param branches the modalities, in the order of the inputs
     * @param fusion behind the encoders
     * @param answer the output
     * @param training how it is trained
     * @param seed of the initial weights
     */
    public static ComputationGraphConfiguration configuration(
            List<Branch> branches, Fusion fusion, Answer answer, Training training, long seed) {
        GraphBuilder graph = fused(branches, fusion, answer, training, seed);
        return decayed(graph.build(), training.regularization());
    }

    /** A network that has the encoders, the fusion and the output, and can get more. */
    public static GraphBuilder fused(
            List<Branch> branches, Fusion fusion, Answer answer, Training training, long seed) {
        fusion.problem(branches)
                .ifPresent(
                        problem -> {
                            throw new IllegalArgumentException(problem);
                        });
        GraphBuilder graph = inputs(branches, training, seed);
        branches.forEach(branch -> encoder(graph, branch, fusion.end(), training.dropout()));
        fusion.build(graph, branches, answer);
        return graph;
    }

    /** Adds the encoder of a modality. */
    public static void encoder(GraphBuilder graph, Branch branch, EncoderEnd end, double dropout) {
        Encoders.build(graph, branch, end, dropout);
    }

    /** A network that as yet has inputs only. */
    public static GraphBuilder inputs(List<Branch> branches, Training training, long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(training.iUpdater())
                .weightInit(WeightInit.RELU)
                .graphBuilder()
                .addInputs(branches.stream().map(Branch::name).toArray(String[]::new))
                .setInputTypes(branches.stream().map(Branch::type).toArray(InputType[]::new));
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
    public static ComputationGraphConfiguration decayed(
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
