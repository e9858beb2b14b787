package org.ogm4j.examples.network;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Networks in which an encoder has a softmax layer of its own. What they share with the plain
 * network starts from the plain network's weights; the softmax layers are drawn from the seed.
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
        Sizes sizes = architecture.sizes();
        GraphBuilder graph =
                AudioVisualNet.inputs(updater, learningRate, seed, List.of(modality), sizes);
        architecture.encoder().build(graph, modality, sizes, EncoderEnd.FEATURES);
        FeatureFusion.head(graph, modality.features(), sizes.classes());
        return from(
                plain,
                AudioVisualNet.decayed(graph.build(), updater.decay()),
                name -> name.startsWith(modality.input() + "-"));
    }

    /** What the network of one modality says. */
    public static LogitsReader reader(Modality modality) {
        return new OneHead(modality);
    }

    /**
     * The plain network with one more output on each encoder: it minimises {@code L(fused) +
     * L(audio) + L(visual)}, with all weights 1.
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
        Sizes sizes = architecture.sizes();
        GraphBuilder graph = AudioVisualNet.fused(architecture, updater, learningRate, seed);
        for (Modality modality : Modality.values()) {
            if (architecture.fusion().end() == EncoderEnd.TOKENS) {
                int tokens = architecture.encoder().tokens(modality, sizes);
                Tokens.mean(graph, modality.features(), modality.tokens(), tokens);
            }
            graph.addLayer(
                    head(modality), FeatureFusion.softmax(sizes.classes()), modality.features());
        }
        graph.setOutputs(AudioVisualNet.HEAD, head(Modality.AUDIO), head(Modality.VISUAL));
        return from(plain, AudioVisualNet.decayed(graph.build(), updater.decay()), name -> true);
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
