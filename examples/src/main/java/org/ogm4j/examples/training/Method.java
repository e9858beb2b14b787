package org.ogm4j.examples.training;

import java.util.Locale;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.Balance;
import org.ogm4j.BalanceRule;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.network.Unimodal;
import org.ogm4j.study.network.MultimodalNetwork;
import org.ogm4j.study.network.Updater;

/**
 * How the network is trained. What {@link Settings#strength()} is to a method: alpha where there is
 * a rule, elsewhere what is said below, or nothing.
 */
public enum Method {

    /** As DL4J trains it. */
    PLAIN,

    /** On-the-fly gradient modulation, without noise. */
    OGM,

    /** Modulation with generalization enhancement: the noise that suits the updater. */
    OGM_GE,

    /** {@link #OGM} with the noise of the published code, the spread inside each weight tensor. */
    OGM_GE_STD,

    /** {@link #OGM} with noise from running moments of the gradient. */
    OGM_GE_MOMENTS,

    /**
     * The coefficient on the gradient, without noise, in front of any updater. In front of an
     * adaptive one a constant coefficient cancels: this is here to show what that does.
     */
    NAIVE,

    /** {@link #OGM} with the journal's rule and its default alpha. */
    OGM_TPAMI,

    /** {@link #OGM_GE} with the journal's rule and its default alpha. */
    OGM_GE_TPAMI,

    /** {@link #OGM} with the library's rule, which leaves small leads alone. */
    OGM_DEAD_ZONE,

    /** {@link #OGM_GE} with the library's rule, which leaves small leads alone. */
    OGM_GE_DEAD_ZONE,

    /** The noise of {@link #OGM_GE} alone: k = 1 whoever leads. Strength: its scale, 1. */
    NOISE_ONLY,

    /** {@link #PLAIN} with Adam. */
    ADAM,

    /** {@link #OGM} with Adam: the variant, without noise. */
    ADAM_OGM,

    /** {@link #OGM_GE} with Adam: the variant. */
    ADAM_OGM_GE,

    /**
     * Plain, with one more cross-entropy on each encoder; the three losses are summed. Strength:
     * the weight of the two, 1.
     */
    UNIFORM,

    /** Those three losses with weights by Gradient-Blending, estimated once. */
    BLENDING_OFFLINE,

    /** Those three losses with weights by Gradient-Blending, estimated every second epoch. */
    BLENDING_ONLINE,

    /**
     * Unimodal losses at the gates, read from probes: {@link Balance#uniform}. Strength: gamma, 1.
     */
    UNIFORM_PROBES,

    /** {@link Balance#dgl}. Strength: gamma, 3. */
    DGL,

    /** {@link Balance#mmPareto}. */
    MMPARETO,

    /** {@link #UNIFORM_PROBES} with the rows of the head in place of probes. Strength: gamma, 1. */
    SUM,

    /** {@link #DGL} with the rows of the head in place of probes. Strength: gamma, 3. */
    REPLACE,

    /** {@link Balance#agm}. Strength: alpha, 1. */
    AGM,

    /** {@link Balance#opm}. */
    OPM,

    /** {@link #OPM} with the journal's rule, the whole of its method. Strength: alpha, 0.8. */
    OPM_OGM,

    /** A rule by entropy with uniform losses, after ARL. Strength: gamma, 1. */
    INVERSE_ENTROPY,

    /** {@link Balance#g2d}, with teachers trained as long as the network. */
    G2D,

    /** From teachers of one modality each, see {@link Distillation}. Strength: lambda, 1. */
    DISTILLATION,

    /** The audio encoder and a softmax layer. */
    AUDIO_ONLY,

    /** The visual encoder and a softmax layer. */
    VISUAL_ONLY;

    /** Up to a ratio of 1.5 the library's rule leaves a lead alone here. */
    static final double MARGIN = 0.5;

    private static final double DEAD_ZONE_ALPHA = 0.8;
    private static final double DGL_GAMMA = 3;

    /** The settings that count: methods of Adam have its name, and its rate unless it is given. */
    public Settings settings(Settings given) {
        return usesAdam() && given.updater() != Updater.ADAM
                ? given.with(Updater.ADAM, Updater.ADAM.defaultRate())
                : given;
    }

    private boolean usesAdam() {
        return this == ADAM || this == ADAM_OGM || this == ADAM_OGM_GE;
    }

    /** Whether a strength changes anything. */
    public boolean hasStrength() {
        return switch (this) {
            case UNIFORM, UNIFORM_PROBES, DGL, SUM, REPLACE, AGM, OPM_OGM -> true;
            case INVERSE_ENTROPY, DISTILLATION -> true;
            default -> modulates();
        };
    }

    /**
     * The network to train: the one given, or one that starts from the same weights where it has
     * the same parameters.
     */
    public ComputationGraph prepare(ComputationGraph plain, Settings settings) {
        return switch (this) {
            case PLAIN, ADAM -> plain;
            case OGM, OGM_TPAMI, OGM_DEAD_ZONE, ADAM_OGM ->
                    modulated(plain, settings, GradientNoise.none());
            case OGM_GE_STD -> modulated(plain, settings, GradientNoise.tensorStd());
            case OGM_GE_MOMENTS -> modulated(plain, settings, GradientNoise.moments());
            case OGM_GE, OGM_GE_TPAMI, OGM_GE_DEAD_ZONE, ADAM_OGM_GE ->
                    optimizer(settings).build().modulate(plain);
            case NOISE_ONLY -> noisy(plain, settings);
            case NAIVE -> naive(plain, settings);
            case UNIFORM, BLENDING_OFFLINE, BLENDING_ONLINE -> withHeads(plain, settings);
            case UNIFORM_PROBES, DGL, MMPARETO, SUM, REPLACE, AGM, OPM, OPM_OGM, INVERSE_ENTROPY ->
                    preset(settings)
                            .epochs(0, settings.epochs() - 1)
                            .seed(settings.seed())
                            .build()
                            .modulate(plain);
            case G2D -> plain; // its teachers are trained first
            case DISTILLATION ->
                    Unimodal.withTargets(
                            plain,
                            settings.architecture(),
                            settings.updater(),
                            settings.learningRate(),
                            settings.seed(),
                            settings.strengthOr(1));
            case AUDIO_ONLY -> alone(Modality.AUDIO, plain, settings);
            case VISUAL_ONLY -> alone(Modality.VISUAL, plain, settings);
        };
    }

    private ModulatedOptimizer.Builder preset(Settings settings) {
        return switch (this) {
            case UNIFORM_PROBES -> Balance.uniform(settings.strengthOr(1));
            case DGL -> Balance.dgl(settings.strengthOr(DGL_GAMMA));
            case MMPARETO -> Balance.mmPareto();
            case SUM -> Balance.uniform(settings.strengthOr(1)).score(ScoreSource.automatic());
            case REPLACE ->
                    Balance.dgl(settings.strengthOr(DGL_GAMMA)).score(ScoreSource.automatic());
            case AGM -> Balance.agm(settings.strengthOr(1));
            case OPM -> Balance.opm();
            case OPM_OGM ->
                    Balance.opm()
                            .rule(CoefficientRule.tpami2024(settings.strengthOr(DEAD_ZONE_ALPHA)));
            case INVERSE_ENTROPY ->
                    Balance.uniform(settings.strengthOr(1)).rule(BalanceRule.inverseEntropy());
            default -> throw new IllegalStateException(this + " is no preset");
        };
    }

    /** The rule of a method that modulates; the others do not ask it. */
    public CoefficientRule rule(Settings settings) {
        double strength = settings.strength();
        return switch (this) {
            case OGM_TPAMI, OGM_GE_TPAMI ->
                    Rule.TPAMI2024.withAlpha(settings.strengthOr(Rule.TPAMI2024.defaultAlpha()));
            case OGM_DEAD_ZONE, OGM_GE_DEAD_ZONE ->
                    CoefficientRule.deadZone(settings.strengthOr(DEAD_ZONE_ALPHA), MARGIN);
            case NOISE_ONLY -> new ConstantRule(1);
            default -> Double.isNaN(strength) ? settings.rule() : Rule.CVPR2022.withAlpha(strength);
        };
    }

    /** Whether there is a coefficient or noise. */
    public boolean modulates() {
        return switch (this) {
            case OGM, OGM_GE, OGM_GE_STD, OGM_GE_MOMENTS, NAIVE, OGM_TPAMI, OGM_GE_TPAMI -> true;
            case OGM_DEAD_ZONE, OGM_GE_DEAD_ZONE, NOISE_ONLY, ADAM_OGM, ADAM_OGM_GE -> true;
            default -> false;
        };
    }

    /** Whether the weights of losses are estimated. */
    public boolean blends() {
        return this == BLENDING_OFFLINE || this == BLENDING_ONLINE;
    }

    /** Whether the network reads one modality only, so that there is nothing to balance. */
    public boolean isUnimodal() {
        return this == AUDIO_ONLY || this == VISUAL_ONLY;
    }

    private static ComputationGraph withHeads(ComputationGraph plain, Settings settings) {
        ComputationGraph graph =
                Unimodal.withHeads(
                        plain,
                        settings.architecture(),
                        settings.updater(),
                        settings.learningRate(),
                        settings.seed());
        double weight = settings.strengthOr(1);
        Unimodal.weigh(graph, settings.architecture().sizes().classes(), weight);
        return graph;
    }

    /** One modality's encoder and a softmax layer. */
    static ComputationGraph alone(Modality modality, ComputationGraph plain, Settings settings) {
        return Unimodal.alone(
                modality,
                plain,
                settings.architecture(),
                settings.updater(),
                settings.learningRate(),
                settings.seed());
    }

    private ComputationGraph modulated(
            ComputationGraph plain, Settings settings, GradientNoise noise) {
        return optimizer(settings).noise(noise).build().modulate(plain);
    }

    private ComputationGraph noisy(ComputationGraph plain, Settings settings) {
        boolean linear =
                settings.updater() == Updater.SGD || settings.updater() == Updater.NESTEROVS;
        GradientNoise.Estimate estimate =
                linear ? GradientNoise.Estimate.SGD_COVARIANCE : GradientNoise.Estimate.MOMENTS;
        return modulated(plain, settings, new GradientNoise(estimate, settings.strengthOr(1)));
    }

    private ModulatedOptimizer.Builder optimizer(Settings settings) {
        return ModulatedOptimizer.builder()
                .rule(rule(settings))
                .epochs(0, settings.modulatedEpochs() - 1)
                .seed(settings.seed());
    }

    /**
     * The library refuses to do this: modulates a network of SGD, and changes its updaters then.
     */
    private ComputationGraph naive(ComputationGraph plain, Settings settings) {
        ComputationGraph modulated =
                optimizer(settings)
                        .noise(GradientNoise.none())
                        .updater(new Sgd())
                        .build()
                        .modulate(plain);
        ComputationGraphConfiguration conf = modulated.getConfiguration().clone();
        MultimodalNetwork.setUpdaters(conf, settings.updater().withRate(settings.learningRate()));
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
