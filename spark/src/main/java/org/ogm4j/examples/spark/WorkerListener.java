package org.ogm4j.examples.spark;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;

/**
 * Travels to the workers and sends home what modulation does there, in a Spark accumulator.
 *
 * <p>An accumulator sends home what was added while the task ran that it came with. Parameter
 * averaging trains with the listener of the task. Gradient sharing keeps the network, and the first
 * listener, in the worker's process from epoch to epoch, so there the accumulator that came last is
 * the one to add to.
 */
final class WorkerListener extends BaseTrainingListener implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final AtomicReference<CollectionAccumulator<WorkerStep>> LATEST =
            new AtomicReference<>();

    private final CollectionAccumulator<WorkerStep> home;
    private final boolean stays;

    /**
     * A listener.
     *
     * @param home where the steps are collected
     * @param stays whether the workers keep the listener for more than one task
     */
    WorkerListener(CollectionAccumulator<WorkerStep> home, boolean stays) {
        this.home = home;
        this.stays = stays;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        LATEST.set(home);
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        ModulatedOptimizer.lastModulation((ComputationGraph) model)
                .filter(last -> last.iteration() == iteration && last.epoch() == epoch)
                .ifPresent(last -> (stays ? LATEST.get() : home).add(step(last)));
    }

    private WorkerStep step(Modulation last) {
        TreeMap<String, Double> coefficients = new TreeMap<>();
        last.modalities().forEach((name, m) -> coefficients.put(name, m.coefficient()));
        return new WorkerStep(worker(), last.iteration(), last.epoch(), coefficients);
    }

    /** The partition; which one trains in gradient sharing is up to the process. */
    private String worker() {
        TaskContext task = TaskContext.get();
        return stays
                ? "executor "
                        + SparkEnv.get().executorId()
                        + (task == null ? ", " + Thread.currentThread().getName() : "")
                : "partition " + task.partitionId();
    }
}
