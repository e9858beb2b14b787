package org.ogm4j.updater;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.AdamVariant;
import org.ogm4j.GradientNoise;
import org.ogm4j.GradientNoise.Estimate;
import org.ogm4j.updater.noise.MomentsVariance;

/**
 * An updater of DL4J that the coefficient k of a modality, and noise, act on.
 *
 * <ul>
 *   <li>Sgd and Nesterovs, whose step is linear in the gradient g: they see {@code k g + h}. L1 and
 *       L2 come after that.
 *   <li>Adam: {@link AdamVariant}.
 *   <li>All others: they see the raw gradient, and their finished step u becomes {@code k u + xi}.
 * </ul>
 *
 * <p>Learning rate and schedule are those of the updater inside. State per parameter, in the order
 * of the state view: that of the updater inside; for {@code moments} outside the variant two arrays
 * of the gradient's moments; for noise on an updater with momentum one array S; for {@code moments}
 * in the variant a mean of the gradient, unless Adam's own first moment is the same.
 *
 * <p>The modality is part of equality, because DL4J joins neighbouring parameters with equal
 * updaters into one block.
 */
public final class ModulatedUpdater extends UpdaterDecorator {

    private static final long serialVersionUID = 2L;

    private final String modality;
    private final GradientNoise noise;
    private final long seed;
    private final int start;
    private final AdamVariant adam;

    /**
     * Decorates an updater.
     *
     * @param wrapped the updater inside
     * @param modality whose coefficient acts
     * @param noise its noise: tensorStd, moments or none
     * @param seed of the noise
     * @param start the iteration that the state starts at, 0 for a network that has not trained yet
     * @param adam how to modulate Adam
     * @throws IllegalArgumentException if the updater is decorated already
     */
    public ModulatedUpdater(
            @JsonProperty(value = "wrapped", required = true) IUpdater wrapped,
            @JsonProperty(value = "modality", required = true) String modality,
            @JsonProperty(value = "noise", required = true) GradientNoise noise,
            @JsonProperty(value = "seed", required = true) long seed,
            @JsonProperty(value = "start", required = true) int start,
            @JsonProperty(value = "adam", required = true) AdamVariant adam) {
        super(wrapped);
        this.modality = Objects.requireNonNull(modality, "modality");
        this.noise = Objects.requireNonNull(noise, "noise");
        this.seed = seed;
        this.start = start;
        this.adam = Objects.requireNonNull(adam, "adam");
    }

    /**
     * The updater inside.
     *
     * @param updater any updater
     * @return the one inside if it is decorated, else the updater itself
     */
    public static IUpdater plain(IUpdater updater) {
        return updater instanceof UpdaterDecorator decorator ? decorator.wrapped() : updater;
    }

    /**
     * Whether a factor on the gradient is a factor on the step.
     *
     * @param updater a plain updater
     * @return true for Sgd and Nesterovs
     */
    public static boolean isLinear(IUpdater updater) {
        return updater instanceof Sgd || updater instanceof Nesterovs;
    }

    /**
     * Whether noise can be added to an updater's step.
     *
     * @param updater a plain updater
     * @return false for one that is not DL4J's own
     */
    public static boolean takesNoise(IUpdater updater) {
        return isLinear(updater) || Preconditioner.of(updater) != null;
    }

    String modality() {
        return modality;
    }

    GradientNoise noise() {
        return noise;
    }

    long seed() {
        return seed;
    }

    int start() {
        return start;
    }

    AdamVariant adam() {
        return adam;
    }

    boolean isVariant() {
        return adam.active() && wrapped() instanceof Adam;
    }

    /** Whether the moments of the gradient are kept apart from the updater's own state. */
    boolean keepsMoments() {
        return estimatesMoments() && !isVariant();
    }

    /** Whether Adam's second moment is the one that the gradient's variance comes from. */
    boolean usesMomentsOfAdam() {
        return estimatesMoments() && isVariant();
    }

    private boolean estimatesMoments() {
        return noise.active() && noise.estimate() == Estimate.MOMENTS;
    }

    /**
     * Whether the variant keeps a mean of the gradient beside m. With p, m is none; and with
     * another beta1 it may be worth too few gradients, down to one.
     */
    boolean keepsMean() {
        return usesMomentsOfAdam()
                && (adam.momentCoefficient()
                        || ((Adam) wrapped()).getBeta1() != MomentsVariance.DECAY);
    }

    /** Whether the variance of an averaged gradient is kept. */
    boolean keepsVariance() {
        Preconditioner preconditioner = Preconditioner.of(wrapped());
        return noise.active() && preconditioner != null && preconditioner.momentum() > 0;
    }

    @Override
    public long stateSize(long numParams) {
        long own =
                (keepsMoments() ? 2L : 0L) + (keepsVariance() ? 1L : 0L) + (keepsMean() ? 1L : 0L);
        return wrapped().stateSize(numParams) + own * numParams;
    }

    @Override
    public ModulatedGradientUpdater instantiate(INDArray viewArray, boolean initializeViewArray) {
        StateView state = StateView.of(this, viewArray, initializeViewArray);
        if (isLinear(wrapped())) {
            return new LinearGradientUpdater(this, state);
        }
        return isVariant()
                ? new AdamVariantGradientUpdater(this, state)
                : new AdaptiveGradientUpdater(this, state);
    }

    @Override
    public ModulatedUpdater clone() {
        return new ModulatedUpdater(wrapped().clone(), modality, noise, seed, start, adam);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModulatedUpdater that
                && wrapped().equals(that.wrapped())
                && modality.equals(that.modality)
                && noise.equals(that.noise)
                && seed == that.seed
                && start == that.start
                && adam.equals(that.adam);
    }

    @Override
    public int hashCode() {
        return Objects.hash(wrapped(), modality, noise, seed, start, adam);
    }

    @Override
    public String toString() {
        return "ModulatedUpdater(%s, modality=%s, noise=%s, adam=%s)"
                .formatted(wrapped(), modality, noise, adam);
    }
}
