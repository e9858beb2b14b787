package org.ogm4j.examples.spark;

import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;

/** A modulated network that takes any number of single steps from one and the same state. */
final class FrozenState {

    private static final int WARM_UP_STEPS = 60;
    private static final int WARM_UP_BATCH = 64;

    private final ComputationGraph graph;
    private final INDArray parameters;
    private final INDArray updaterState;

    /**
     * Trains for a while, so that one modality leads.
     *
     * @param updater of the network
     * @param noise of the modulation
     * @param data where examples come from
     */
    FrozenState(IUpdater updater, GradientNoise noise, TwoModalities data) {
        graph =
                new ComputationGraph(
                        ModulatedOptimizer.builder()
                                .alpha(0.8)
                                .noise(noise)
                                .build()
                                .modulate(TwoModalities.network(updater)));
        graph.init();
        for (int i = 0; i < WARM_UP_STEPS; i++) {
            graph.fit(data.batch(WARM_UP_BATCH));
        }
        parameters = graph.params().dup();
        INDArray state = graph.getUpdater().getStateViewArray();
        updaterState = state == null ? null : state.dup();
    }

    /**
     * A step from the state, and back.
     *
     * @param step what the step did to the parameters
     * @param coefficients k of each modality
     */
    record Taken(INDArray step, Map<String, Double> coefficients) {}

    /**
     * Takes one step.
     *
     * @param batch the examples
     * @param iteration which step the network believes it takes: the key of the noise
     */
    Taken step(MultiDataSet batch, int iteration) {
        graph.getConfiguration().setIterationCount(iteration);
        graph.fit(batch);
        INDArray step = graph.params().sub(parameters);
        graph.params().assign(parameters);
        if (updaterState != null) {
            graph.getUpdater().getStateViewArray().assign(updaterState);
        }
        Map<String, Double> coefficients = new TreeMap<>();
        ModulatedOptimizer.lastModulation(graph)
                .orElseThrow()
                .modalities()
                .forEach((name, m) -> coefficients.put(name, m.coefficient()));
        return new Taken(step, coefficients);
    }
}
