package org.ogm4j.examples.spark;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.ogm4j.ModulatedOptimizer;

/**
 * Travels to the workers and sends home what modulation does there, in a Spark accumulator.
 *
 * <p>An accumulator sends home what was added while the task ran that it came with. Parameter
 * averaging trains with the listener of the task. Gradient sharing keeps the network, and the first
 * listener, in the worker's process from epoch to epoch, so there the accumulator of any task that
 * still runs is the one to add to.
 */
final class WorkerListener extends BaseTrainingListener implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Queue<Arrival> ARRIVALS = new ConcurrentLinkedQueue<>();

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

    private record Arrival(TaskContext task, CollectionAccumulator<WorkerStep> home) {}

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        ARRIVALS.removeIf(arrival -> arrival.task().isCompleted());
        if (TaskContext.get() != null) {
            ARRIVALS.add(new Arrival(TaskContext.get(), home));
        }
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        TreeMap<String, Double> coefficients = new TreeMap<>();
        ModulatedOptimizer.lastModulation((ComputationGraph) model)
                .filter(last -> last.iteration() == iteration && last.epoch() == epoch)
                .ifPresent(
                        last ->
                                last.modalities()
                                        .forEach(
                                                (name, m) ->
                                                        coefficients.put(name, m.coefficient())));
        (stays ? running() : home).add(new WorkerStep(worker(), iteration, epoch, coefficients));
    }

    private static CollectionAccumulator<WorkerStep> running() {
        return ARRIVALS.stream()
                .filter(arrival -> !arrival.task().isCompleted())
                .findFirst()
                .orElseThrow()
                .home();
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
