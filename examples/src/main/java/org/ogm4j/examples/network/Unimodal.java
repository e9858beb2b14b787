package org.ogm4j.examples.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.ogm4j.study.Baselines;
import org.ogm4j.study.network.Answer;
import org.ogm4j.study.network.Branch;
import org.ogm4j.study.network.EncoderEnd;
import org.ogm4j.study.network.MultimodalNetwork;
import org.ogm4j.study.network.Training;
import org.ogm4j.study.network.Updater;
import org.ogm4j.study.network.layer.Tokens;

/**
 * Networks in which an encoder has an output of its own. What they share with the plain network
 * starts from the plain network's weights; additional layers are drawn from the seed.
 */
public final class Unimodal {

    private Unimodal() {}

    /**
     * One modality's encoder and a softmax layer.
     *
     * @param plain whose encoder's weights it starts from
     * @param seed of the softmax layer's weights
     */
    public static ComputationGraph alone(
            Modality modality,
            ComputationGraph plain,
            Architecture architecture,
            Updater updater,
            double learningRate,
            long seed) {
        Branch branch = architecture.branch(modality);
        Training training = new Training(updater, learningRate);
        GraphBuilder graph = MultimodalNetwork.inputs(List.of(branch), training, seed);
        MultimodalNetwork.encoder(graph, branch, EncoderEnd.FEATURES, 0);
        graph.addLayer(AudioVisualNet.HEAD, output(architecture), modality.features())
                .setOutputs(AudioVisualNet.HEAD);
        return from(
                plain,
                MultimodalNetwork.decayed(graph.build(), training.regularization()),
                name -> name.startsWith(modality.input() + "-"));
    }

    /**
     * The plain network with one more output on each encoder, {@link #head}, with cross-entropy: it
     * minimises {@code L(fused) + L(audio) + L(visual)} until its losses get other weights.
     *
     * @param plain whose weights it starts from
     * @param seed of the additional layers' weights
     */
    public static ComputationGraph withHeads(
            ComputationGraph plain,
            Architecture architecture,
            Updater updater,
            double learningRate,
            long seed) {
        return withOutputs(plain, architecture, updater, learningRate, seed, output(architecture));
    }

    /**
     * The plain network with the features of each encoder as outputs too, {@link #head}. It
     * minimises {@code L(fused) + sum_u weight / d * |phi(u) - t(u)|^2}, with the features phi(u)
     * of a modality, [m, d], and the labels t(u) of its output.
     *
     * @param plain whose weights it starts from
     * @param weight of the distances
     */
    public static ComputationGraph withTargets(
            ComputationGraph plain,
            Architecture architecture,
            Updater updater,
            double learningRate,
            long seed,
            double weight) {
        INDArray weights =
                Nd4j.valueArrayOf(1, architecture.branch(Modality.AUDIO).width(), weight);
        return withOutputs(
                plain,
                architecture,
                updater,
                learningRate,
                seed,
                new LossLayer.Builder(new LossMSE(weights))
                        .activation(Activation.IDENTITY)
                        .build());
    }

    private static ComputationGraph withOutputs(
            ComputationGraph plain,
            Architecture architecture,
            Updater updater,
            double learningRate,
            long seed,
            Layer output) {
        Training training = new Training(updater, learningRate);
        GraphBuilder graph =
                MultimodalNetwork.fused(
                        architecture.branches(),
                        architecture.fusion(),
                        Answer.classes(architecture.sizes().classes()),
                        training,
                        seed);
        for (Modality modality : Modality.values()) {
            if (architecture.fusion().end() == EncoderEnd.TOKENS) {
                int tokens = architecture.branch(modality).tokens();
                Tokens.mean(graph, modality.features(), modality.tokens(), tokens);
            }
            graph.addLayer(head(modality), output.clone(), modality.features());
        }
        graph.setOutputs(AudioVisualNet.HEAD, head(Modality.AUDIO), head(Modality.VISUAL));
        return from(
                plain,
                MultimodalNetwork.decayed(graph.build(), training.regularization()),
                name -> true);
    }

    private static Layer output(Architecture architecture) {
        return Answer.classes(architecture.sizes().classes()).output();
    }

    /** Gives the additional cross-entropies of a network {@link #withHeads} a weight. */
    public static void weigh(ComputationGraph graph, int classes, double weight) {
        Map<String, Double> weights = new LinkedHashMap<>();
        weights.put(AudioVisualNet.HEAD, 1.0);
        for (Modality modality : Modality.values()) {
            weights.put(head(modality), weight);
        }
        Baselines.weigh(graph, classes, weights);
    }

    /** The additional output of a modality. */
    public static String head(Modality modality) {
        return modality.input() + "-own-head";
    }

    private static ComputationGraph from(
            ComputationGraph plain, ComputationGraphConfiguration conf, Predicate<String> shared) {
        ComputationGraph graph = new ComputationGraph(conf);
        graph.init();
        Map<String, INDArray> weights = plain.paramTable();
        graph.paramTable()
                .forEach(
                        (name, own) -> {
                            if (shared.test(name) && weights.containsKey(name)) {
                                own.assign(weights.get(name));
                            }
                        });
        return graph;
    }
}
