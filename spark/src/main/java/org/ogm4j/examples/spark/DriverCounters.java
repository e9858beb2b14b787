package org.ogm4j.examples.spark;

import java.io.IOException;
import java.io.ObjectOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Tells the workers of parameter averaging how far training is.
 *
 * <p>DL4J gives every worker a {@code clone()} of the configuration, which counts iterations and
 * epochs from 0 again in every averaging round. So a window of epochs would never end, the noise of
 * the first steps would come again and again, and Adam and learning-rate schedules would start
 * over. This hook takes the driver's counts along when it is sent to a worker, and sets them before
 * the worker's first step.
 */
final class DriverCounters implements TrainingHook {

    private static final long serialVersionUID = 1L;

    private final transient ComputationGraph driver;
    private int iteration;
    private int epoch;
    private transient boolean set;

    /**
     * A hook for one network.
     *
     * @param driver the network on the driver
     */
    DriverCounters(ComputationGraph driver) {
        this.driver = driver;
    }

    /** Called on the driver for every averaging round. */
    private void writeObject(ObjectOutputStream out) throws IOException {
        if (driver != null) {
            iteration = driver.getConfiguration().getIterationCount();
            epoch = driver.getConfiguration().getEpochCount();
        }
        out.defaultWriteObject();
    }

    @Override
    public void preUpdate(MultiDataSet minibatch, Model model) {
        if (!set) {
            ComputationGraph worker = (ComputationGraph) model;
            worker.getConfiguration().setIterationCount(iteration);
            worker.getConfiguration().setEpochCount(epoch);
            set = true;
        }
    }

    @Override
    public void preUpdate(DataSet minibatch, Model model) {
        preUpdate((MultiDataSet) null, model);
    }

    @Override
    public void postUpdate(MultiDataSet minibatch, Model model) {
        // nothing to do: the worker counts on
    }

    @Override
    public void postUpdate(DataSet minibatch, Model model) {
        // nothing to do: the worker counts on
    }
}
