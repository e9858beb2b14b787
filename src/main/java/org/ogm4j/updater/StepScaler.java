package org.ogm4j.updater;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * A decorated updater at work. Its coefficient is handed to it in every step, and is 1 in a step
 * where none is.
 */
public final class StepScaler implements GradientUpdater<ModulatedUpdater> {

    private final ModulatedUpdater config;
    private final GradientUpdater<?> wrapped;
    private int iteration = -1;
    private double coefficient;

    StepScaler(ModulatedUpdater config, GradientUpdater<?> wrapped) {
        this.config = config;
        this.wrapped = wrapped;
    }

    /**
     * Hands the coefficients of the step under way to the updaters of a network.
     *
     * @param graph the network, between its backward pass and its update
     * @param coefficients k of each modality by name; 1 for one that is missing
     */
    public static void hand(ComputationGraph graph, Map<String, Double> coefficients) {
        for (UpdaterBlock block : updaterOf(graph).getUpdaterBlocks()) {
            if (block.getGradientUpdater() instanceof StepScaler scaler) {
                scaler.iteration = graph.getIterationCount();
                scaler.coefficient = coefficients.getOrDefault(scaler.config.modality(), 1.0);
            }
        }
    }

    /** In the first step the updater is made here, and its state must outlive the backward pass. */
    @SuppressWarnings("try") // the scope is opened for its effect
    private static ComputationGraphUpdater updaterOf(ComputationGraph graph) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return graph.getUpdater();
        }
    }

    @Override
    public ModulatedUpdater getConfig() {
        return config;
    }

    @Override
    public void setState(Map<String, INDArray> stateMap, boolean initialize) {
        wrapped.setState(stateMap, initialize);
    }

    @Override
    public Map<String, INDArray> getState() {
        return wrapped.getState();
    }

    @Override
    public void setStateViewArray(
            INDArray viewArray, long[] gradientShape, char gradientOrder, boolean initialize) {
        wrapped.setStateViewArray(viewArray, gradientShape, gradientOrder, initialize);
    }

    /** Makes the gradient the step of the updater inside, times the coefficient, in place. */
    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        wrapped.applyUpdater(gradient, iteration, epoch);
        if (this.iteration == iteration && coefficient != 1) {
            gradient.muli(coefficient);
        }
        this.iteration = -1;
    }
}
