package org.ogm4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.ModalityStep;
import org.ogm4j.Modulation;
import org.ogm4j.ModulationListener;

/** What each replica of a {@code ParallelWrapper} did in its steps. */
public final class WrapperSteps {

    private final Map<String, List<Modulation>> seen = new ConcurrentSkipListMap<>();

    /** Trains with replicas that average, or share, after every step. */
    public static WrapperSteps fit(
            ComputationGraph graph, int workers, TrainingMode mode, List<MultiDataSet> batches) {
        return new WrapperSteps().fit(builder(graph, workers, mode).build(), batches);
    }

    /** The same in any wrapper, which is closed afterwards. */
    public WrapperSteps fit(
            ParallelWrapper wrapper, List<MultiDataSet> batches, TrainingListener... more) {
        wrapper.setListeners(more);
        wrapper.setListeners(listener());
        wrapper.fit(new Batches(batches));
        wrapper.shutdown();
        return this;
    }

    /** Steps of a replica go to its thread's list. */
    public TrainingListener listener() {
        return new ModulationListener(
                step ->
                        seen.computeIfAbsent(
                                        Thread.currentThread().getName(), name -> new ArrayList<>())
                                .add(step));
    }

    /** A wrapper that averages, or shares, after every step. */
    public static ParallelWrapper.Builder<?> builder(
            ComputationGraph graph, int workers, TrainingMode mode) {
        return new ParallelWrapper.Builder<>(graph)
                .workers(workers)
                .averagingFrequency(1)
                .trainingMode(mode)
                .thresholdAlgorithm(new FixedThresholdAlgorithm(1e-3));
    }

    /** The steps of each replica that trained, in the order of their numbers. */
    public List<List<Modulation>> replicas() {
        return List.copyOf(seen.values());
    }

    /** Equal up to rounding. */
    public static void assertSame(Modulation expected, Modulation actual) {
        assertSame(expected, actual, 1e-11);
    }

    /** Equal up to a tolerance. */
    public static void assertSame(Modulation expected, Modulation actual, double tolerance) {
        expected.modalities()
                .forEach(
                        (name, own) -> {
                            ModalityStep other = actual.modalities().get(name);
                            assertEquals(own.score(), other.score(), tolerance, "score " + name);
                            assertEquals(own.loss(), other.loss(), tolerance, "loss of " + name);
                            assertEquals(own.ratio(), other.ratio(), tolerance, "ratio " + name);
                            assertEquals(
                                    own.coefficient(), other.coefficient(), tolerance, "k " + name);
                        });
    }
}
