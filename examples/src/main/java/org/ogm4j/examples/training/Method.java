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
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.examples.network.Fusion;
import org.ogm4j.examples.network.LogitsReader;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.network.Unimodal;

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
    NAIVE,

    /** {@link #OGM} with the journal's rule and its default alpha. */
    OGM_TPAMI,

    /** {@link #OGM_GE} with the journal's rule and its default alpha. */
    OGM_GE_TPAMI,

    /** The noise of {@link #OGM_GE} alone: k = 1 whoever leads. */
    NOISE_ONLY,

    /** Plain, with one more cross-entropy on each encoder; the three losses are summed. */
    UNIFORM,

    /** The audio encoder and a softmax layer. */
    AUDIO_ONLY,

    /** The visual encoder and a softmax layer. */
    VISUAL_ONLY;

    /**
     * The network to train: the one given, or one that starts from the same weights where it has
     * the same parameters.
     */
    public ComputationGraph prepare(ComputationGraph plain, Settings settings) {
        return switch (this) {
            case PLAIN -> plain;
            case OGM -> optimizer(settings).noise(GradientNoise.none()).build().modulate(plain);
            case OGM_GE -> optimizer(settings).build().modulate(plain);
            case NAIVE -> naive(plain, settings);
            case OGM_TPAMI ->
                    optimizer(settings)
                            .rule(rule(settings))
                            .noise(GradientNoise.none())
                            .build()
                            .modulate(plain);
            case OGM_GE_TPAMI, NOISE_ONLY ->
                    optimizer(settings).rule(rule(settings)).build().modulate(plain);
            case UNIFORM ->
                    Unimodal.withHeads(
                            plain,
                            settings.architecture(),
                            settings.updater(),
                            settings.learningRate(),
                            settings.seed());
            case AUDIO_ONLY -> alone(Modality.AUDIO, plain, settings);
            case VISUAL_ONLY -> alone(Modality.VISUAL, plain, settings);
        };
    }

    /** The rule of a method that modulates; the others do not ask it. */
    public CoefficientRule rule(Settings settings) {
        return switch (this) {
            case OGM_TPAMI, OGM_GE_TPAMI -> Rule.TPAMI2024.withAlpha(Rule.TPAMI2024.defaultAlpha());
            case NOISE_ONLY -> new ConstantRule(1);
            default -> settings.rule();
        };
    }

    /**
     * What reads the answers of the network to train.
     *
     * @param plain the network before {@link #prepare}
     * @param fusion of that network
     */
    LogitsReader reader(ComputationGraphConfiguration plain, Fusion fusion) {
        return switch (this) {
            case AUDIO_ONLY -> Unimodal.reader(Modality.AUDIO);
            case VISUAL_ONLY -> Unimodal.reader(Modality.VISUAL);
            default -> fusion.reader(plain);
        };
    }

    /** Whether there is a coefficient or noise. */
    public boolean modulates() {
        return this != PLAIN && this != UNIFORM && !isUnimodal();
    }

    /** Whether the network reads one modality only, so that there is nothing to balance. */
    public boolean isUnimodal() {
        return this == AUDIO_ONLY || this == VISUAL_ONLY;
    }

    private static ComputationGraph alone(
            Modality modality, ComputationGraph plain, Settings settings) {
        return Unimodal.alone(
                modality,
                plain,
                settings.architecture(),
                settings.updater(),
                settings.learningRate(),
                settings.seed());
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
