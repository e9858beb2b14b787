package org.ogm4j.examples.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.Balance;
import org.ogm4j.Distillation;
import org.ogm4j.MissingModality;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.PredictionModulation;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.spark.DriverCounters;
import org.ogm4j.spark.WorkerListener;
import org.ogm4j.spark.WorkerStep;

/** What balances besides coefficients, on two workers in one process. */
class BalanceOnSparkTest {

    static final int WORKERS = 2;
    static final int BATCH = 16;
    static final int STEPS = 3;
    private static final int ROUNDS = 2;

    private static JavaSparkContext context;

    private static final Queue<Long> REFUSED = new ConcurrentLinkedQueue<>();

    /** The workers are in this process. */
    private static final class Refused extends BaseTrainingListener implements Serializable {

        private static final long serialVersionUID = 1L;

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            REFUSED.add(
                    ModulatedOptimizer.lastModulation((ComputationGraph) model)
                            .orElseThrow()
                            .refusedBatches());
        }
    }

    /** What is trained with; each by itself, then all that go together. */
    enum Option {
        HEAD_ROWS {
            @Override
            ModulatedOptimizer.Builder builder() {
                return Balance.uniform(1).score(ScoreSource.head());
            }
        },
        PROBES {
            @Override
            ModulatedOptimizer.Builder builder() {
                return Balance.uniform(1);
            }
        },
        PARETO {
            @Override
            ModulatedOptimizer.Builder builder() {
                return Balance.mmPareto();
            }
        },
        DROPPED_FEATURES {
            @Override
            ModulatedOptimizer.Builder builder() {
                return Balance.opm()
                        .dropFeatures(PredictionModulation.opm(0.5, 0.5).withProbability(1));
            }
        },
        MISSING {
            @Override
            ModulatedOptimizer.Builder builder() {
                return ModulatedOptimizer.builder().missing("sound", MissingModality.nans());
            }
        },
        RUNNING_MEANS {
            @Override
            ModulatedOptimizer.Builder builder() {
                return Balance.agm(1);
            }
        },
        TEACHERS {
            @Override
            ModulatedOptimizer.Builder builder() {
                return Balance.g2d(teachers()).epochs(0, 9);
            }
        },
        ALL {
            @Override
            ModulatedOptimizer.Builder builder() {
                Distillation both = Distillation.features(1).andLogits(1);
                ModulatedOptimizer.Builder builder =
                        Balance.agm(1)
                                .score(ScoreSource.probe())
                                .unimodal(UnimodalSignal.sum(1))
                                .dropFeatures(PredictionModulation.opm(0.5, 0.5))
                                .missing("sound", MissingModality.nans());
                teachers().forEach((name, teacher) -> builder.teacher(name, teacher, both));
                return builder;
            }
        };

        abstract ModulatedOptimizer.Builder builder();

        ComputationGraph network() {
            ComputationGraph graph = new ComputationGraph(builder().build().modulate(plain()));
            graph.init();
            return graph;
        }

        /** A third of the examples without sound, where that is what is tested. */
        List<MultiDataSet> data(int seed) {
            List<MultiDataSet> batches = new TwoModalities(seed).batches(WORKERS * STEPS, BATCH);
            if (this == MISSING || this == ALL) {
                for (MultiDataSet batch : batches) {
                    batch.getFeatures(0)
                            .get(NDArrayIndex.interval(0, BATCH / 3), NDArrayIndex.all())
                            .assign(Double.NaN);
                }
            }
            return batches;
        }
    }

    @BeforeAll
    static void start() {
        context =
                new JavaSparkContext(
                        new SparkConf()
                                .setMaster("local[2]")
                                .setAppName("balance")
                                .set("spark.ui.enabled", "false")
                                .set("spark.driver.host", "127.0.0.1")
                                .set("spark.driver.bindAddress", "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    /** Each round starts from the driver's network; what that holds of state, it holds for good. */
    @ParameterizedTest
    @EnumSource
    void averagesWhatWorkersTrainAlone(Option option) {
        ComputationGraph driver = option.network();
        String before = driver.getConfiguration().toJson();
        ComputationGraph byHand = driver.clone();
        SparkComputationGraph spark = onSpark(driver, Distribution.AVERAGING);
        for (int round = 0; round < ROUNDS; round++) {
            List<MultiDataSet> data = option.data(round);
            spark.fitMultiDataSet(context.parallelize(data, WORKERS));
            averageByHand(byHand, data);
            assertArrayEquals(
                    byHand.params().toDoubleVector(), driver.params().toDoubleVector(), "" + round);
            assertArrayEquals(state(byHand), state(driver), "state " + round);
        }
        assertEquals(STEPS * ROUNDS, driver.getIterationCount());
        driver.getConfiguration().setIterationCount(0);
        driver.getConfiguration().setEpochCount(0);
        assertEquals(before, driver.getConfiguration().toJson());
    }

    /** Running means and rates of dropping start anew in each round. */
    @ParameterizedTest
    @EnumSource(names = {"RUNNING_MEANS", "DROPPED_FEATURES"})
    void stateOfARoundIsNotThatOfTheNext(Option option) {
        ComputationGraph fresh = option.network();
        ComputationGraph kept = option.network();
        option.data(0).forEach(kept::fit);
        String after = kept.getConfiguration().toJson();
        assertTrue(after.contains("\"means\"") || after.contains("\"drop\""), after);
        fresh.params().assign(kept.params());
        fresh.getUpdater()
                .getUpdaterStateViewArray()
                .assign(kept.getUpdater().getUpdaterStateViewArray());
        fresh.getConfiguration().setIterationCount(kept.getIterationCount());
        for (MultiDataSet batch : option.data(1)) {
            fresh.fit(batch);
            kept.fit(batch);
        }
        assertFalse(Arrays.equals(fresh.params().toFloatVector(), kept.params().toFloatVector()));
    }

    /**
     * One network with all of it: in gradient sharing, workers keep their networks from epoch to
     * epoch. What they send is cut to a threshold and comes when it comes, so no numbers are known.
     */
    @Test
    void sharesGradientsOfAll() {
        ComputationGraph driver = Option.ALL.network();
        INDArray start = driver.params().dup();
        SparkComputationGraph spark = onSpark(driver, Distribution.SHARING);
        CollectionAccumulator<WorkerStep> home = context.sc().collectionAccumulator("steps");
        spark.setListeners(
                List.of(new DriverCounters(driver), WorkerListener.sharing(home), new Refused()));
        for (int round = 0; round < ROUNDS; round++) {
            spark.fitMultiDataSet(context.parallelize(Option.ALL.data(round), WORKERS));
            driver.getConfiguration().setIterationCount((round + 1) * STEPS);
        }
        assertEquals(WORKERS * STEPS * ROUNDS, home.value().size());
        home.value().forEach(step -> assertEquals(2, step.coefficients().size(), "" + step));
        // AGM has no means in the first batch of a network, so a plain step tells a new one
        long news =
                home.value().stream()
                        .filter(
                                step ->
                                        Set.copyOf(step.coefficients().values())
                                                .equals(Set.of(1.0)))
                        .count();
        assertTrue(news <= WORKERS, home.value().toString());
        assertEquals(List.of(0L), REFUSED.stream().distinct().toList());
        assertFalse(driver.params().isNaN().any());
        ComputationGraph before = driver.clone();
        before.params().assign(start);
        Map<String, INDArray> after = driver.paramTable();
        before.paramTable()
                .forEach(
                        (name, array) ->
                                assertEquals(
                                        name.contains("teacher"),
                                        array.equalsWithEps(after.get(name), 0),
                                        name));
    }

    private static ComputationGraphConfiguration plain() {
        return TwoModalities.network(new Nesterovs(0.05, 0.9));
    }

    private static Map<String, ComputationGraph> teachers() {
        return ModulatedOptimizer.builder()
                .build()
                .trainUnimodal(
                        plain(),
                        new SingletonMultiDataSetIterator(new TwoModalities(9).batch(64)),
                        5);
    }

    private static SparkComputationGraph onSpark(ComputationGraph driver, Distribution how) {
        return new SparkComputationGraph(
                context,
                driver,
                how.master(
                        new DriverCounters(driver),
                        new Distribution.Settings(WORKERS, WORKERS, BATCH, STEPS, 5)));
    }

    /** A round as DL4J's documentation has it: a copy for each worker, then means of everything. */
    static void averageByHand(ComputationGraph network, List<MultiDataSet> data) {
        List<INDArray> parameters = new ArrayList<>();
        List<INDArray> states = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            ComputationGraph copy =
                    new ComputationGraph(SerializationUtils.clone(network.getConfiguration()));
            copy.init(network.params().dup(), false);
            INDArray state = network.getUpdater().getUpdaterStateViewArray();
            copy.setUpdater(new ComputationGraphUpdater(copy, state.dup()));
            List<MultiDataSet> own = data.subList(worker * STEPS, (worker + 1) * STEPS);
            asWorker(worker, () -> own.forEach(copy::fit));
            parameters.add(copy.params());
            states.add(copy.getUpdater().getUpdaterStateViewArray());
        }
        network.params().assign(parameters.get(0).add(parameters.get(1)).div(WORKERS));
        network.getUpdater()
                .getUpdaterStateViewArray()
                .assign(states.get(0).add(states.get(1)).div(WORKERS));
        network.getConfiguration().setIterationCount(network.getIterationCount() + STEPS);
        network.incrementEpochCount();
    }

    /** In a thread as DL4J's ParallelWrapper has them, which random numbers depend on. */
    private static void asWorker(int number, Runnable work) {
        Thread thread = new Thread(work, "ParallelWrapper training thread " + number);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double[] state(ComputationGraph graph) {
        return graph.getUpdater().getUpdaterStateViewArray().toDoubleVector();
    }
}
