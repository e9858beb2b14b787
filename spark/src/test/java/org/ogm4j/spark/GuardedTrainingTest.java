package org.ogm4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.parameterserver.training.SharedTrainingMaster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.parameterserver.distributed.conf.VoidConfiguration;
import org.ogm4j.ModulatedOptimizer;

/** In one process, where every way to hang can be made. */
@Timeout(120)
class GuardedTrainingTest {

    private static final int WORKERS = 2;
    private static final int STEPS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** Where nothing hangs. */
    private static final Duration LONG = Duration.ofSeconds(60);

    /** No test of this machine's speed: what a stopped training may need on a busy one. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static JavaSparkContext context;

    @TempDir Path folder;

    /** Waits in a step of a worker. */
    private static final class Waits extends BaseTrainingListener implements Serializable {

        private static final long serialVersionUID = 1L;
        private static volatile CountDownLatch until = new CountDownLatch(0);

        private final int inEpoch;
        private final long milliseconds;
        private final boolean stubborn;

        Waits(int inEpoch, long milliseconds, boolean stubborn) {
            this.inEpoch = inEpoch;
            this.milliseconds = milliseconds;
            this.stubborn = stubborn;
        }

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
            while (epoch == inEpoch && System.nanoTime() < end) {
                try {
                    until.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return;
                } catch (InterruptedException e) {
                    if (!stubborn) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        }
    }

    @BeforeAll
    static void start() {
        context = Small.context();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void trainsAsDl4jDoesAndSavesEachEpoch() throws IOException {
        ComputationGraph plain = network();
        SparkComputationGraph unguarded = averaging(plain, new DriverCounters(plain), STEPS);
        unguarded.fitMultiDataSet(data());
        unguarded.fitMultiDataSet(data());

        ComputationGraph network = network();
        DriverCounters counters = new DriverCounters(network);
        SparkComputationGraph training = averaging(network, counters, STEPS);
        GuardedTraining guarded = new GuardedTraining(training, counters, file(), LONG);
        guarded.until(1, () -> training.fitMultiDataSet(data()));
        ComputationGraph first = GuardedTraining.network(file(), () -> null);
        assertArrayEquals(network.params().toFloatVector(), first.params().toFloatVector());
        assertSame(network, guarded.until(2, () -> training.fitMultiDataSet(data())));

        ComputationGraph saved = GuardedTraining.network(file(), () -> null);
        for (ComputationGraph same : List.of(network, saved)) {
            assertArrayEquals(plain.params().toFloatVector(), same.params().toFloatVector());
            assertArrayEquals(state(plain), state(same));
            assertEquals(2 * STEPS, same.getIterationCount());
            assertEquals(2, same.getEpochCount());
        }
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file()), files.toList());
        }
    }

    @Test
    void goesOnAfterTheLastEpochThatWasFinished() {
        ComputationGraph first = GuardedTraining.network(file(), GuardedTrainingTest::network);
        DriverCounters counters = new DriverCounters(first);
        SparkComputationGraph training = averaging(first, counters, STEPS);
        IllegalStateException fault = new IllegalStateException("planned");
        TrainingStoppedException stopped =
                assertThrows(
                        TrainingStoppedException.class,
                        () ->
                                new GuardedTraining(training, counters, file(), LONG)
                                        .until(
                                                4,
                                                () -> {
                                                    training.fitMultiDataSet(data());
                                                    if (first.getEpochCount() == 3) {
                                                        throw fault;
                                                    }
                                                }));
        assertSame(fault, stopped.getCause());
        String message = stopped.getMessage();
        assertTrue(message.contains("planned") && message.contains(file().toString()), message);

        ComputationGraph second = GuardedTraining.network(file(), () -> null);
        assertEquals(2, second.getEpochCount());
        assertEquals(2 * STEPS, second.getIterationCount());
        DriverCounters again = new DriverCounters(second);
        SparkComputationGraph rest = averaging(second, again, STEPS);
        new GuardedTraining(rest, again, file(), LONG).until(4, () -> rest.fitMultiDataSet(data()));
        assertEquals(4 * STEPS, second.getIterationCount());

        ComputationGraph unbroken = network();
        SparkComputationGraph whole = averaging(unbroken, new DriverCounters(unbroken), STEPS);
        for (int epoch = 0; epoch < 4; epoch++) {
            whole.fitMultiDataSet(data());
        }
        assertArrayEquals(unbroken.params().toFloatVector(), second.params().toFloatVector());
    }

    /** Whether the worker lets itself be interrupted or not. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stopsWhenAWorkerHangs(boolean stubborn) {
        ComputationGraph network = network();
        DriverCounters counters = new DriverCounters(network);
        SparkComputationGraph training = averaging(network, counters, STEPS);
        Waits.until = new CountDownLatch(1);
        training.setListeners(new Waits(1, 60_000, stubborn));
        GuardedTraining guarded = new GuardedTraining(training, counters, file(), LIMIT);
        guarded.until(1, () -> training.fitMultiDataSet(data()));
        long start = System.nanoTime();
        TrainingStoppedException stopped =
                assertThrows(
                        TrainingStoppedException.class,
                        () -> guarded.until(2, () -> training.fitMultiDataSet(data())));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Duration most =
                LIMIT.plus(GuardedTraining.CHECK).plus(GuardedTraining.FAREWELL).plus(SLACK);
        assertTrue(took.compareTo(most) < 0, took.toString());
        assertTrue(took.compareTo(LIMIT) > 0, took.toString());
        assertTrue(stopped.getMessage().contains("no progress for 3 s"), stopped.getMessage());
        assertEquals(1, GuardedTraining.network(file(), () -> null).getEpochCount());
        Waits.until.countDown();
    }

    /**
     * Nobody hears of a task before its end but for the steps: here it takes longer than the limit.
     */
    @Test
    void slowStepsAreProgress() {
        ComputationGraph network = network();
        DriverCounters counters = new DriverCounters(network);
        SparkComputationGraph training = averaging(network, counters, STEPS);
        Waits.until = new CountDownLatch(1);
        training.setListeners(new Waits(1, 2000, false));
        new GuardedTraining(training, counters, file(), LONG) // loads all that a step needs
                .until(1, () -> training.fitMultiDataSet(data()));
        new GuardedTraining(training, counters, file(), Duration.ofSeconds(5))
                .until(2, () -> training.fitMultiDataSet(data()));
        assertEquals(2, network.getEpochCount());
    }

    @Test
    void otherJobsAreNoProgress() throws InterruptedException {
        ComputationGraph network = network();
        DriverCounters counters = new DriverCounters(network);
        SparkComputationGraph training = averaging(network, counters, STEPS);
        Waits.until = new CountDownLatch(1);
        training.setListeners(new Waits(0, 60_000, false));
        AtomicBoolean done = new AtomicBoolean();
        Thread other =
                new Thread(
                        () -> {
                            while (!done.get()) {
                                context.parallelize(List.of(1), 1).count();
                            }
                        });
        other.start();
        GuardedTraining guarded = new GuardedTraining(training, counters, file(), LIMIT);
        assertThrows(
                TrainingStoppedException.class,
                () -> guarded.until(1, () -> training.fitMultiDataSet(data())));
        assertFalse(Files.exists(file()));
        done.set(true);
        other.join();
        Waits.until.countDown();
    }

    @Test
    void gradientSharingStopsAtOnceWhenAnExecutorIsLost() {
        ComputationGraph network = network();
        DriverCounters counters = new DriverCounters(network);
        TrainingMaster<?, ?> master =
                new SharedTrainingMaster.Builder(
                                VoidConfiguration.builder().controllerAddress("127.0.0.1").build(),
                                Small.BATCH)
                        .build();
        SparkComputationGraph training = new SparkComputationGraph(context, network, master);
        GuardedTraining guarded = new GuardedTraining(training, counters, file(), LONG);
        long start = System.nanoTime();
        TrainingStoppedException stopped =
                assertThrows(
                        TrainingStoppedException.class,
                        () -> guarded.until(1, GuardedTrainingTest::loseAnExecutor));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(stopped.getMessage().contains("lost executor 7: planned"), stopped.getMessage());
        assertTrue(took.compareTo(GuardedTraining.FAREWELL.plus(SLACK)) < 0, took.toString());
    }

    @Test
    void averagingGoesOnWhenAnExecutorIsLost() {
        ComputationGraph network = network();
        DriverCounters counters = new DriverCounters(network);
        SparkComputationGraph training = averaging(network, counters, STEPS);
        new GuardedTraining(training, counters, file(), LONG)
                .until(
                        2,
                        () -> {
                            lost();
                            training.fitMultiDataSet(data());
                        });
        assertEquals(2, network.getEpochCount());
    }

    /** As where DL4J closes its connections again and again. */
    static final class NeverEnds {

        private NeverEnds() {}

        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(NeverEnds::hang));
            GuardedTraining.exit(3);
        }

        private static void hang() {
            while (true) {
                LockSupport.parkNanos(1_000_000_000L);
            }
        }
    }

    @Test
    void exitEndsWhatNeverEnds() throws IOException, InterruptedException {
        Process program =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                NeverEnds.class.getName())
                        .inheritIO()
                        .start();
        assertTrue(program.waitFor(100, TimeUnit.SECONDS));
        assertEquals(3, program.exitValue());
    }

    @Test
    void refusesWhatCannotBeGuarded() {
        ComputationGraph network = network();
        DriverCounters counters = new DriverCounters(network);
        SparkComputationGraph training = averaging(network, new DriverCounters(network), STEPS);
        IllegalArgumentException tooShort =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new GuardedTraining(
                                        training, counters, file(), Duration.ofMillis(1499)));
        assertEquals(
                "limit must be at least 3 times spark.executor.heartbeatInterval, which is PT0.5S, got PT1.499S",
                tooShort.getMessage());
        GuardedTraining guarded = new GuardedTraining(training, counters, file(), LONG);
        IllegalArgumentException notHeard =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> guarded.until(1, () -> training.fitMultiDataSet(data())));
        assertTrue(notHeard.getMessage().endsWith("got 1 epochs and 0 steps"), "" + notHeard);
        assertThrows(IllegalArgumentException.class, () -> guarded.until(2, () -> {}));
        assertFalse(Files.exists(file()));
    }

    private static void loseAnExecutor() {
        lost();
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void lost() {
        context.sc().listenerBus().post(new SparkListenerExecutorRemoved(0, "7", "planned"));
    }

    private Path file() {
        return folder.resolve("network.zip");
    }

    /** Adam, so that the updater's state and the counts matter. */
    private static ComputationGraph network() {
        return Small.network(ModulatedOptimizer.builder().epochs(0, 2).build(), new Adam(0.01));
    }

    /** One round is an epoch: then the order of the data is that of every other epoch. */
    private static SparkComputationGraph averaging(
            ComputationGraph network, DriverCounters counters, int every) {
        return new SparkComputationGraph(
                context,
                network,
                new ParameterAveragingTrainingMaster.Builder(WORKERS, Small.BATCH)
                        .batchSizePerWorker(Small.BATCH)
                        .averagingFrequency(every)
                        .rddTrainingApproach(RDDTrainingApproach.Direct)
                        .repartionData(Repartition.NumPartitionsWorkersDiffers)
                        .rngSeed(5)
                        .trainingHooks(counters)
                        .build());
    }

    private static JavaRDD<MultiDataSet> data() {
        return context.parallelize(Small.batches(WORKERS * STEPS, 3), WORKERS);
    }

    private static float[] state(ComputationGraph graph) {
        return graph.getUpdater().getUpdaterStateViewArray().toFloatVector();
    }
}
