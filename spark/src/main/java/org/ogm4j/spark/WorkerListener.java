package org.ogm4j.spark;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.TreeMap;
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
 * <pre>{@code
 * CollectionAccumulator<WorkerStep> steps = context.sc().collectionAccumulator("steps");
 * training.setListeners(List.of(counters, WorkerListener.sharing(steps)));
 * training.fitMultiDataSet(data);
 * for (WorkerStep step : steps.value()) {
 *     System.out.println(step.worker() + ", step " + step.iteration() + ": " + step.coefficients());
 * }
 * }</pre>
 *
 * <p>A step costs some hundred bytes on the driver. They come home when their task is done, and
 * those of a task that failed do not.
 *
 * @since 0.1.0
 */
public final class WorkerListener extends BaseTrainingListener implements Serializable {

    private static final long serialVersionUID = 1L;

    private final CollectionAccumulator<WorkerStep> home;
    private final boolean stays;

    private WorkerListener(CollectionAccumulator<WorkerStep> home, boolean stays) {
        this.home = home;
        this.stays = stays;
    }

    /**
     * For parameter averaging, where a partition is a worker.
     *
     * @param home where the steps are collected; registered with the context
     */
    public static WorkerListener averaging(CollectionAccumulator<WorkerStep> home) {
        return new WorkerListener(home, false);
    }

    /**
     * For gradient sharing, where workers live in a process from epoch to epoch.
     *
     * @param home where the steps are collected; registered with the context
     */
    public static WorkerListener sharing(CollectionAccumulator<WorkerStep> home) {
        return new WorkerListener(home, true);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        Arrivals.note(home);
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
        WorkerStep step = new WorkerStep(worker(), iteration, epoch, coefficients);
        Arrivals.running(home).ifPresent(running -> running.add(step));
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
