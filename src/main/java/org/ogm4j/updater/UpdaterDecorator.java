package org.ogm4j.updater;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/** An updater around another one, whose learning rate and schedule it passes on. */
abstract class UpdaterDecorator implements IUpdater {

    private static final long serialVersionUID = 1L;

    private final IUpdater wrapped;

    /**
     * Decorates an updater.
     *
     * @throws IllegalArgumentException if the updater is decorated already
     */
    UpdaterDecorator(IUpdater wrapped) {
        if (wrapped instanceof UpdaterDecorator) {
            throw new IllegalArgumentException("wrapped must be a plain updater, got " + wrapped);
        }
        this.wrapped = Objects.requireNonNull(wrapped, "wrapped");
    }

    final IUpdater wrapped() {
        return wrapped;
    }

    @Override
    public final GradientUpdater<?> instantiate(
            Map<String, INDArray> updaterState, boolean initializeStateArrays) {
        throw new UnsupportedOperationException(
                "updater must be part of a ComputationGraph, which keeps its state in one array, got state by name for "
                        + this);
    }

    @Override
    public final double getLearningRate(int iteration, int epoch) {
        return wrapped.getLearningRate(iteration, epoch);
    }

    @Override
    public final boolean hasLearningRate() {
        return wrapped.hasLearningRate();
    }

    @Override
    public final void setLrAndSchedule(double lr, ISchedule lrSchedule) {
        wrapped.setLrAndSchedule(lr, lrSchedule);
    }

    @Override
    public abstract UpdaterDecorator clone();
}
