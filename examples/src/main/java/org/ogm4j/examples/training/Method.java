package org.ogm4j.examples.training;

import java.util.Locale;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;

/** How the network is trained. */
public enum Method {

    /** As DL4J trains it. */
    PLAIN,

    /** On-the-fly gradient modulation, without noise. */
    OGM,

    /** Modulation with generalization enhancement: the noise that suits the updater. */
    OGM_GE,

    /**
     * The coefficient on the gradient, without noise, in front of any updater. In front of an
     * adaptive one a constant coefficient cancels: this is here to show what that does.
     */
    NAIVE;

    /** The network to train: the one given, or one that modulates and has the same parameters. */
    public ComputationGraph prepare(ComputationGraph plain, Settings settings) {
        return switch (this) {
            case PLAIN -> plain;
            case OGM -> optimizer(settings).noise(GradientNoise.none()).build().modulate(plain);
            case OGM_GE -> optimizer(settings).build().modulate(plain);
            case NAIVE -> naive(plain, settings);
        };
    }

    private static ModulatedOptimizer.Builder optimizer(Settings settings) {
        return ModulatedOptimizer.builder()
                .rule(settings.rule())
                .epochs(0, settings.modulatedEpochs() - 1)
                .seed(settings.seed());
    }

    /**
     * The library refuses to do this: modulates a network of SGD, and changes its updaters then.
     */
    private static ComputationGraph naive(ComputationGraph plain, Settings settings) {
        ComputationGraph modulated =
                optimizer(settings)
                        .noise(GradientNoise.none())
                        .updater(new Sgd())
                        .build()
                        .modulate(plain);
        ComputationGraphConfiguration conf = modulated.getConfiguration().clone();
        for (GraphVertex vertex : conf.getVertices().values()) {
            IUpdater updater = settings.updater().withRate(settings.learningRate());
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
        ComputationGraph graph = new ComputationGraph(conf);
        graph.init(modulated.params(), true);
        return graph;
    }

    /** The name on the command line and in the tables. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
