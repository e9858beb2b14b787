package org.ogm4j.study.method;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.ogm4j.AdamVariant;
import org.ogm4j.Balance;
import org.ogm4j.BalanceRule;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.study.Method;
import org.ogm4j.study.Point;
import org.ogm4j.study.network.Updater;
import org.ogm4j.study.words.Names;

/** Methods by name. What the strength of each is, the text says. */
public enum KnownMethod {

    /** As DL4J trains the network. */
    PLAIN("as DL4J trains it", Double.NaN),
    /** One modality's encoder and an output layer; stands for one run of each modality. */
    ALONE("each modality alone", Double.NaN),
    /** {@link Method#lateAverage}. */
    LATE_AVERAGE("the mean of networks of one modality each", Double.NaN),
    /** {@link Balance#uniform}. */
    UNIFORM("a loss of each modality beside the joint one, from probes; strength gamma", 1),
    /** Uniform losses, read from the rows of the head. */
    SUM("uniform, from the head's rows; strength gamma", 1),
    /** {@link Balance#dgl}. */
    DGL("encoders learn from losses of their own alone, from probes; strength gamma", 3),
    /** DGL, read from the rows of the head. */
    REPLACE("dgl, from the head's rows; strength gamma", 3),
    /** {@link Balance#mmPareto}. */
    MMPARETO("MMPareto", Double.NaN),
    /** {@link Balance#agm}. */
    AGM("adaptive gradient modulation; strength alpha", 1),
    /** {@link Balance#opm}. */
    OPM("drops features of the leader", Double.NaN),
    /** OPM with the journal's rule. */
    OPM_OGM("opm with the journal's rule; strength alpha", 0.8),
    /** The published rule, without noise. */
    OGM("slows the leader; strength alpha", 0.8),
    /** The published rule, with noise. */
    OGM_GE("ogm with the noise that suits the updater; strength alpha", 0.8),
    /** OGM-GE with the published code's noise. */
    OGM_GE_STD("ogm with the published code's noise; strength alpha", 0.8),
    /** OGM-GE with noise from running moments. */
    OGM_GE_MOMENTS("ogm with noise from running moments; strength alpha", 0.8),
    /** The journal's rule, without noise. */
    OGM_TPAMI("the journal's rule; strength alpha", 0.8),
    /** The journal's rule, with noise. */
    OGM_GE_TPAMI("the journal's rule with noise; strength alpha", 0.8),
    /** The library's rule, without noise. */
    OGM_DEAD_ZONE("leaves leads up to 1.5 alone; strength alpha", 0.8),
    /** The noise of {@link #OGM_GE} alone: k = 1 whoever leads. */
    NOISE_ONLY("the noise of ogm-ge alone", Double.NaN),
    /** The library's rule, with noise. */
    OGM_GE_DEAD_ZONE("leaves leads up to 1.5 alone, with noise; strength alpha", 0.8),
    /** A rule by entropy with uniform losses. */
    INVERSE_ENTROPY("a rule by entropy with uniform losses; strength gamma", 1),
    /** {@link Balance#recommended}, which is {@link Balance#g2d}. */
    G2D("recommended: teachers of one modality each, the weakest first", Double.NaN),
    /** {@link Method#distillation}. */
    DISTILLATION("towards the features of teachers; strength lambda", 1),
    /**
     * {@link Method#distillation} with its strength fixed, and more learning rates in its place.
     */
    DISTILLATION_1("distillation of strength 1", Double.NaN),
    /** {@link Method#blending}, once. */
    BLENDING_OFFLINE("Gradient-Blending, weights once", Double.NaN),
    /** {@link Method#blending}, every second epoch. */
    BLENDING_ONLINE("Gradient-Blending, weights every second epoch", Double.NaN),
    /** Plain with Adam. */
    ADAM("plain with Adam", Double.NaN),
    /** OGM with Adam. */
    ADAM_OGM("ogm with Adam; strength alpha", 0.8),
    /** OGM-GE with Adam. */
    ADAM_OGM_GE("ogm-ge with Adam; strength alpha", 0.8),
    /** Of OGM-GE with Adam only k, on the step. */
    ADAM_K("of adam-ogm-ge only k; strength alpha", 0.8),
    /** Of OGM-GE with Adam only p, on the first moment. */
    ADAM_P("of adam-ogm-ge only p; strength alpha", 0.8),
    /** Of OGM-GE with Adam only the noise. */
    ADAM_NOISE("of adam-ogm-ge only the noise", Double.NaN);

    private static final AdamVariant STANDARD = AdamVariant.standard();
    private static final double MARGIN = 0.5;
    private static final int ONLINE = 2;
    private static final double[] RATES = {0.5, 1, 2.5, 5};
    private static final double[] TWO_RATES = {1, 2.5};
    private static final double[] TWO_STRENGTHS = {0.375, 1};

    private final String text;
    private final double strength;

    KnownMethod(String text, double strength) {
        this.text = text;
        this.strength = strength;
    }

    /** What it does, in a few words. */
    public String text() {
        return text;
    }

    /** The usual strength, NaN if there is none. */
    public double strength() {
        return strength;
    }

    /** Whether it has a strength. */
    public boolean hasStrength() {
        return !Double.isNaN(strength);
    }

    /** Whether it acts in a window of epochs. */
    public boolean hasWindow() {
        return switch (this) {
            case PLAIN,
                    ALONE,
                    LATE_AVERAGE,
                    DISTILLATION,
                    DISTILLATION_1,
                    BLENDING_OFFLINE,
                    BLENDING_ONLINE,
                    ADAM ->
                    false;
            default -> true;
        };
    }

    /** Whether it acts in the first half of the epochs if no window is given, as published. */
    public boolean actsEarly() {
        return switch (this) {
            case OGM, OGM_GE, OGM_GE_STD, OGM_GE_MOMENTS, OGM_TPAMI, OGM_GE_TPAMI -> true;
            case NOISE_ONLY, OGM_DEAD_ZONE, OGM_GE_DEAD_ZONE -> true;
            case ADAM_OGM, ADAM_OGM_GE, ADAM_K, ADAM_P, ADAM_NOISE -> true;
            default -> false;
        };
    }

    /** Whether it trains with Adam, whatever the network's updater is. */
    public boolean usesAdam() {
        return name().startsWith("ADAM");
    }

    /**
     * Four points to choose from: learning rates, or two of them with two strengths each.
     *
     * @param rate the network's
     * @param usual strength
     */
    public List<Point> grid(double rate, double usual) {
        double own = usesAdam() ? Updater.ADAM.defaultRate() : rate;
        return hasStrength()
                ? Point.crossed(times(own, TWO_RATES), times(usual, TWO_STRENGTHS))
                : Point.rates(times(own, RATES));
    }

    /** With the usual strength. */
    public List<Point> grid(double rate) {
        return grid(rate, strength);
    }

    private static double[] times(double value, double... factors) {
        return Arrays.stream(factors).map(factor -> value * factor).toArray();
    }

    /**
     * The method; {@link #ALONE} has one for each modality and none here.
     *
     * @param own strength, or null for the usual one
     * @param first epoch that it acts in, from 0
     * @param last epoch that it acts in
     */
    public Method method(Double own, int first, int last) {
        double value = own == null ? strength : own;
        return switch (this) {
            case PLAIN -> Method.plain();
            case ADAM -> new WithUpdater(Updater.ADAM, Method.plain());
            case ALONE -> throw new IllegalStateException("one for each modality");
            case LATE_AVERAGE -> Method.lateAverage();
            case DISTILLATION -> own == null ? Method.distillation() : distillation(value);
            case DISTILLATION_1 -> distillation(1);
            case BLENDING_OFFLINE -> Method.blending(0);
            case BLENDING_ONLINE -> Method.blending(ONLINE);
            case G2D ->
                    Method.fromTeachers(
                            1, (s, teachers) -> Balance.g2d(teachers).epochs(first, last));
            default -> {
                DoubleFunction<ModulatedOptimizer.Builder> options =
                        s -> options(s).epochs(first, last);
                Method modulated = Method.modulated(hasStrength() ? value : 1, options);
                yield usesAdam() ? new WithUpdater(Updater.ADAM, modulated) : modulated;
            }
        };
    }

    private static Method distillation(double lambda) {
        return new FixedStrength(lambda, Method.distillation());
    }

    private ModulatedOptimizer.Builder options(double s) {
        return switch (this) {
            case UNIFORM -> Balance.uniform(s);
            case SUM -> Balance.uniform(s).score(ScoreSource.automatic());
            case DGL -> Balance.dgl(s);
            case REPLACE -> Balance.dgl(s).score(ScoreSource.automatic());
            case MMPARETO -> Balance.mmPareto();
            case AGM -> Balance.agm(s);
            case OPM -> Balance.opm();
            case OPM_OGM -> Balance.opm().rule(CoefficientRule.tpami2024(s));
            case INVERSE_ENTROPY -> Balance.uniform(s).rule(BalanceRule.inverseEntropy());
            case ADAM_K ->
                    Balance.ogmGe(s)
                            .adam(STANDARD.withoutMomentCoefficient())
                            .noise(GradientNoise.none());
            case ADAM_P ->
                    Balance.ogmGe(s)
                            .adam(STANDARD.withoutStepCoefficient())
                            .noise(GradientNoise.none());
            case ADAM_NOISE ->
                    ModulatedOptimizer.builder()
                            .adam(STANDARD.withoutStepCoefficient().withoutMomentCoefficient());
            case NOISE_ONLY -> ModulatedOptimizer.builder().rule(BalanceRule.none());
            case OGM, ADAM_OGM -> Balance.ogmGe(s).noise(GradientNoise.none());
            case OGM_GE, ADAM_OGM_GE -> Balance.ogmGe(s);
            case OGM_GE_STD -> Balance.ogmGe(s).noise(GradientNoise.tensorStd());
            case OGM_GE_MOMENTS -> Balance.ogmGe(s).noise(GradientNoise.moments());
            case OGM_TPAMI -> rule(CoefficientRule.tpami2024(s)).noise(GradientNoise.none());
            case OGM_GE_TPAMI -> rule(CoefficientRule.tpami2024(s));
            case OGM_DEAD_ZONE ->
                    rule(CoefficientRule.deadZone(s, MARGIN)).noise(GradientNoise.none());
            case OGM_GE_DEAD_ZONE -> rule(CoefficientRule.deadZone(s, MARGIN));
            default -> throw new IllegalStateException(this + " has no options");
        };
    }

    private static ModulatedOptimizer.Builder rule(CoefficientRule rule) {
        return ModulatedOptimizer.builder().rule(rule);
    }

    /** The one of this name. */
    @JsonCreator
    public static KnownMethod of(String name) {
        return Names.find("method", List.of(values()), name);
    }

    /** The name in files and tables. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
