package org.ogm4j.examples.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.host.worker.Worker;
import org.ogm4j.spark.DriverCounters;

/** Noise per parameter, the default with Adam, on workers of Spark in one process. */
class NoiseOnSparkTest {

    private static final int WORKERS = BalanceOnSparkTest.WORKERS;
    private static final int STEPS = BalanceOnSparkTest.STEPS;
    private static final int WARM_UP = 10;

    private static JavaSparkContext context;

    private static final Queue<Long> SEEN = new ConcurrentLinkedQueue<>();
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    /** The workers are in this process. */
    private static final class WhoTrains extends BaseTrainingListener implements Serializable {

        private static final long serialVersionUID = 1L;

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            SEEN.add(Worker.here());
        }
    }

    /** Fails in the middle of a task, the first time that it runs. */
    private static final class FailsOnce extends BaseTrainingListener implements Serializable {

        private static final long serialVersionUID = 1L;

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            TaskContext task = TaskContext.get();
            if (task.partitionId() == 1 && task.attemptNumber() == 0) {
                FAILED.set(true);
                throw new IllegalStateException("planned failure of a task");
            }
        }
    }

    @BeforeAll
    static void start() {
        context =
                new JavaSparkContext(
                        new SparkConf()
                                .setMaster("local[2,4]") // a task may fail 3 times
                                .setAppName("noise")
                                .set("spark.ui.enabled", "false")
                                .set("spark.driver.host", "127.0.0.1")
                                .set("spark.driver.bindAddress", "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    /** And the partition, which a task that is run again has too, is the number. */
    @Test
    void aPartitionDrawsWhatTheReplicaOfItsNumberDraws() {
        ComputationGraph driver = network();
        ComputationGraph disturbed = copy(driver);
        ComputationGraph byHand = copy(driver);
        for (int round = 0; round < 2; round++) {
            List<MultiDataSet> data = data(round);
            onSpark(driver, Distribution.AVERAGING, new WhoTrains())
                    .fitMultiDataSet(context.parallelize(data, WORKERS));
            onSpark(disturbed, Distribution.AVERAGING, new FailsOnce())
                    .fitMultiDataSet(context.parallelize(data, WORKERS));
            BalanceOnSparkTest.averageByHand(byHand, data);
            assertArrayEquals(parameters(byHand), parameters(driver), "" + round);
            assertArrayEquals(parameters(driver), parameters(disturbed), "disturbed, " + round);
        }
        assertEquals(Set.of(0L, 1L), Set.copyOf(SEEN));
        assertTrue(FAILED.get());
    }

    @Test
    void gradientSharingHasAWorkerForEachThread() {
        SEEN.clear();
        ComputationGraph driver = network();
        onSpark(driver, Distribution.SHARING, new DriverCounters(driver), new WhoTrains())
                .fitMultiDataSet(context.parallelize(data(0), WORKERS));
        assertEquals(Set.of(0L, 1L), Set.copyOf(SEEN));
    }

    /** A network that a user trains in a task is none of DL4J's workers. */
    @Test
    void aTaskOfTheUsersOwnIsNoWorker() {
        List<Long> workers =
                context.parallelize(List.of(1, 2), 2).map(number -> Worker.here()).collect();
        assertEquals(List.of(0L, 0L), workers);
    }

    private static SparkComputationGraph onSpark(
            ComputationGraph driver, Distribution how, TrainingListener... listeners) {
        SparkComputationGraph spark =
                new SparkComputationGraph(
                        context,
                        driver,
                        how.master(
                                new DriverCounters(driver),
                                new Distribution.Settings(
                                        WORKERS, WORKERS, BalanceOnSparkTest.BATCH, STEPS, 5)));
        spark.setListeners(listeners);
        return spark;
    }

    /** In mid-training, where the variance of the gradient is known. */
    private static ComputationGraph network() {
        ComputationGraph graph =
                new ComputationGraph(
                        ModulatedOptimizer.builder()
                                .build()
                                .modulate(TwoModalities.network(new Adam(0.01))));
        graph.init();
        TwoModalities more = new TwoModalities(77);
        for (int step = 0; step < WARM_UP; step++) {
            graph.fit(more.batch(BalanceOnSparkTest.BATCH));
        }
        return graph;
    }

    private static ComputationGraph copy(ComputationGraph of) {
        ComputationGraph copy = of.clone();
        copy.getConfiguration().setIterationCount(of.getIterationCount());
        return copy;
    }

    private static List<MultiDataSet> data(int seed) {
        return new TwoModalities(seed).batches(WORKERS * STEPS, BalanceOnSparkTest.BATCH);
    }

    private static double[] parameters(ComputationGraph graph) {
        return graph.params().toDoubleVector();
    }
}
