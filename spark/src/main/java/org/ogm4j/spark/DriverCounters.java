package org.ogm4j.spark;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Tells the workers how far training is: a hook for parameter averaging, a listener for gradient
 * sharing.
 *
 * <pre>{@code
 * DriverCounters counters = new DriverCounters(network);
 *
 * // parameter averaging: a hook of the training master
 * TrainingMaster<?, ?> averaging =
 *         new ParameterAveragingTrainingMaster.Builder(workers, 32).trainingHooks(counters).build();
 *
 * // gradient sharing: a listener
 * training.setListeners(List.of(counters));
 * }</pre>
 *
 * <p>DL4J's workers count on their own. In parameter averaging they start from 0 in every averaging
 * round, in gradient sharing from 0 in every new process. So a window of epochs would not end where
 * it should, the noise of the first steps would come again, and Adam and learning-rate schedules
 * would start over. This object takes the driver's counts along whenever it is sent to a worker,
 * and sets them before the worker's first step.
 *
 * <p>Gradient sharing keeps the network, and the first listener, in the worker's process from epoch
 * to epoch. So the counts that came last are the ones that hold.
 *
 * <p>In gradient sharing DL4J counts the epochs of the driver's network, and not its iterations:
 * {@link GuardedTraining} does, or {@code network.getConfiguration().setIterationCount(...)}.
 *
 * @since 0.1.0
 */
public final class DriverCounters extends BaseTrainingListener implements TrainingHook {

    private static final long serialVersionUID = 1L;

    private static final Map<String, Counts> LATEST = new ConcurrentHashMap<>();

    private final transient ComputationGraph driver;
    private final String id = UUID.randomUUID().toString();
    private Counts counts;

    /** Null if nobody wants to know how many steps the workers take. */
    private StepCount steps;

    /**
     * Counts for one network.
     *
     * @param driver the network on the driver, modulated or not
     */
    public DriverCounters(ComputationGraph driver) {
        this.driver = Objects.requireNonNull(driver, "driver");
    }

    /** From now on the workers tell how many steps they take. */
    StepCount report(JavaSparkContext context) {
        if (steps == null) {
            steps = new StepCount();
            context.sc().register(steps, "steps");
        }
        return steps;
    }

    private record Counts(int iteration, int epoch) implements Serializable {}

    /** Called on the driver for every Spark job: an averaging round, an epoch of sharing. */
    private void writeObject(ObjectOutputStream out) throws IOException {
        if (driver != null) {
            ComputationGraphConfiguration conf = driver.getConfiguration();
            counts = new Counts(conf.getIterationCount(), conf.getEpochCount());
        }
        out.defaultWriteObject();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        LATEST.put(id, counts);
        if (steps != null) {
            Arrivals.note(steps);
        }
    }

    /** A worker's own count of the steps since then is right, so it never goes back. */
    private static void set(Counts counts, Model worker) {
        ComputationGraphConfiguration conf = ((ComputationGraph) worker).getConfiguration();
        conf.setIterationCount(Math.max(conf.getIterationCount(), counts.iteration()));
        conf.setEpochCount(counts.epoch());
    }

    @Override
    public void preUpdate(MultiDataSet minibatch, Model model) {
        set(counts, model);
    }

    @Override
    public void preUpdate(DataSet minibatch, Model model) {
        set(counts, model);
    }

    @Override
    public void postUpdate(MultiDataSet minibatch, Model model) {
        tell(((ComputationGraph) model).getConfiguration().getIterationCount());
    }

    @Override
    public void postUpdate(DataSet minibatch, Model model) {
        tell(((ComputationGraph) model).getConfiguration().getIterationCount());
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        tell(iteration + 1);
    }

    private void tell(int iterations) {
        if (steps != null) {
            Arrivals.running(steps).ifPresent(running -> running.add(iterations));
        }
    }

    @Override
    public void onEpochStart(Model model) {
        set(LATEST.get(id), model);
    }

    /** Where several workers share a process, DL4J feeds them batches and no epoch starts. */
    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
        set(LATEST.get(id), model);
    }
}
