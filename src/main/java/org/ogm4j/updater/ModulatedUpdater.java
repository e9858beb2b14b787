package org.ogm4j.updater;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * An updater of DL4J whose finished step is multiplied by the coefficient of a modality: {@code
 * step = k * u(g)}.
 *
 * <p>The updater inside sees the raw gradient, so its moments are those of plain training. Adaptive
 * updaters divide by the gradient's own size; there a constant factor on the gradient would cancel,
 * and one that varies would overshoot when it returns to 1. Learning rate, schedule, state and its
 * size are those of the updater inside.
 *
 * <p>The modality is part of equality, because DL4J joins neighbouring parameters with equal
 * updaters into one block.
 */
public final class ModulatedUpdater implements IUpdater {

    private static final long serialVersionUID = 1L;

    private final IUpdater wrapped;
    private final String modality;

    /**
     * Decorates an updater.
     *
     * @param wrapped the updater inside
     * @param modality whose coefficient scales its step
     * @throws IllegalArgumentException if the updater is decorated already
     */
    public ModulatedUpdater(
            @JsonProperty("wrapped") IUpdater wrapped, @JsonProperty("modality") String modality) {
        if (wrapped instanceof ModulatedUpdater) {
            throw new IllegalArgumentException("wrapped must be a plain updater, got " + wrapped);
        }
        this.wrapped = Objects.requireNonNull(wrapped, "wrapped");
        this.modality = Objects.requireNonNull(modality, "modality");
    }

    /**
     * The updater inside.
     *
     * @param updater any updater
     * @return the one inside if it is decorated, else the updater itself
     */
    public static IUpdater plain(IUpdater updater) {
        return updater instanceof ModulatedUpdater modulated ? modulated.wrapped : updater;
    }

    String modality() {
        return modality;
    }

    @Override
    public long stateSize(long numParams) {
        return wrapped.stateSize(numParams);
    }

    @Override
    public GradientUpdater<ModulatedUpdater> instantiate(
            INDArray viewArray, boolean initializeViewArray) {
        return new StepScaler(this, wrapped.instantiate(viewArray, initializeViewArray));
    }

    @Override
    public GradientUpdater<ModulatedUpdater> instantiate(
            Map<String, INDArray> updaterState, boolean initializeStateArrays) {
        return new StepScaler(this, wrapped.instantiate(updaterState, initializeStateArrays));
    }

    @Override
    public double getLearningRate(int iteration, int epoch) {
        return wrapped.getLearningRate(iteration, epoch);
    }

    @Override
    public boolean hasLearningRate() {
        return wrapped.hasLearningRate();
    }

    @Override
    public void setLrAndSchedule(double lr, ISchedule lrSchedule) {
        wrapped.setLrAndSchedule(lr, lrSchedule);
    }

    @Override
    public ModulatedUpdater clone() {
        return new ModulatedUpdater(wrapped.clone(), modality);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModulatedUpdater that
                && wrapped.equals(that.wrapped)
                && modality.equals(that.modality);
    }

    @Override
    public int hashCode() {
        return Objects.hash(wrapped, modality);
    }

    @Override
    public String toString() {
        return "ModulatedUpdater(" + wrapped + ", modality=" + modality + ")";
    }
}
