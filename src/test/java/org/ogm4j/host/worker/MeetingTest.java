package org.ogm4j.host.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.host.worker.Meeting.Patience;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Logs;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.WrapperSteps;

/** Who waits for whom, and that nobody waits for ever. */
@Timeout(240)
class MeetingTest {

    /** Longer than a test may last. */
    private static final long EVER = 600_000;

    @AfterEach
    void asUsual() {
        Meeting.setPatience(Meeting.USUAL);
    }

    private static ComputationGraph network() {
        return Nets.modulated(options().sharedRatio(), Nets.dense());
    }

    private static ModulatedOptimizer.Builder options() {
        return ModulatedOptimizer.builder().noise(GradientNoise.none());
    }

    private static List<MultiDataSet> batches(int count) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(b -> (MultiDataSet) Nets.batch(4, b)).toList());
    }

    /** Whether this thread trains the second replica. */
    private static boolean isSecond() {
        return Thread.currentThread().getName().endsWith(" 1");
    }

    /** The step of one batch alone. */
    private static Modulation alone(MultiDataSet batch) {
        ComputationGraph graph = Nets.modulated(options(), Nets.dense());
        graph.fit(batch);
        return ModulatedOptimizer.lastModulation(graph).orElseThrow();
    }

    /** The second replica comes when the first has gone on, which then may wait for its update. */
    @ParameterizedTest
    @EnumSource(names = {"AVERAGING", "SHARED_GRADIENTS"})
    void whoComesTooLateWaitsForNobody(TrainingMode mode) {
        Meeting.setPatience(new Patience(300, EVER, 20));
        CountDownLatch wentOn = new CountDownLatch(1);
        TrainingListener late =
                new BaseTrainingListener() {
                    @Override
                    public void onForwardPass(Model model, Map<String, INDArray> activations) {
                        if (isSecond()) {
                            await(wentOn);
                        }
                    }

                    @Override
                    public void onGradientCalculation(Model model) {
                        if (!isSecond()) {
                            wentOn.countDown();
                            Meeting.setPatience(new Patience(EVER, EVER, 20));
                        }
                    }
                };
        List<MultiDataSet> batches = batches(4);
        ParallelWrapper wrapper = WrapperSteps.builder(network(), 2, mode).build();
        WrapperSteps seen = new WrapperSteps();
        String log = Logs.of(() -> seen.fit(wrapper, batches, late));
        assertTrue(log.contains("Replica 1 did not come for 0 s: the ratio is of [0]"), log);
        List<List<Modulation>> both = seen.replicas();
        WrapperSteps.assertSame(alone(batches.get(0)), both.get(0).get(0));
        WrapperSteps.assertSame(alone(batches.get(1)), both.get(1).get(0));
        WrapperSteps.assertSame(both.get(0).get(1), both.get(1).get(1)); // together again
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One of three batches is left over, and each has several steps. */
    @Test
    void whoHasNoBatchIsNotWaitedForInEveryStepOfAnother() {
        Meeting.setPatience(new Patience(EVER, EVER, 20));
        ComputationGraphConfiguration conf =
                Nets.recurrent(new Sgd(0.1))
                        .backpropType(BackpropType.TruncatedBPTT)
                        .tBPTTLength(2)
                        .build();
        List<MultiDataSet> batches =
                List.of(Nets.sequences(4, 6, 1), Nets.sequences(4, 6, 2), Nets.sequences(4, 6, 3));
        WrapperSteps seen =
                WrapperSteps.fit(
                        Nets.modulated(options().sharedRatio(), conf),
                        2,
                        TrainingMode.AVERAGING,
                        batches);
        assertEquals(6, seen.replicas().get(0).size());
        assertEquals(3, seen.replicas().get(1).size());
        for (int step = 0; step < 3; step++) {
            WrapperSteps.assertSame(
                    seen.replicas().get(0).get(step), seen.replicas().get(1).get(step));
        }
    }

    /** DL4J notes exceptions only; then {@code fit} itself does not end. */
    @Test
    void whoDiesOfAnErrorIsNotWaitedFor()
            throws ReflectiveOperationException, InterruptedException {
        Meeting.setPatience(new Patience(EVER, EVER, 20));
        CountDownLatch wentOn = new CountDownLatch(1);
        TrainingListener dies =
                new BaseTrainingListener() {
                    @Override
                    public void onForwardPass(Model model, Map<String, INDArray> activations) {
                        if (isSecond()) {
                            throw new AssertionError("planned error of a replica");
                        }
                    }

                    @Override
                    public void iterationDone(Model model, int iteration, int epoch) {
                        wentOn.countDown();
                    }
                };
        ParallelWrapper wrapper =
                WrapperSteps.builder(network(), 2, TrainingMode.AVERAGING)
                        .averagingFrequency(2) // never: parameters of the dead are freed memory
                        .build();
        wrapper.setListeners(dies);
        Thread training =
                new Thread(
                        () ->
                                wrapper.fit(
                                        new IteratorMultiDataSetIterator(
                                                batches(2).iterator(), 4)));
        training.setDaemon(true);
        training.start();
        wentOn.await();
        running(wrapper, 1).set(0);
        training.join();
    }

    private static AtomicInteger running(ParallelWrapper wrapper, int i)
            throws ReflectiveOperationException {
        Object trainer = wrapper.getZoo()[i];
        Field running = trainer.getClass().getDeclaredField("running");
        running.setAccessible(true);
        return (AtomicInteger) running.get(trainer);
    }

    /** It is no replica, even though its thread is one's. */
    @Test
    void anotherNetworkThatAListenerTrainsMeetsNobody() {
        Meeting.setPatience(new Patience(EVER, EVER, 20));
        ComputationGraph other = network();
        ComputationGraph expected = network();
        MultiDataSet batch = Nets.batch(4, 99);
        TrainingListener trains =
                new BaseTrainingListener() {
                    @Override
                    public void iterationDone(Model model, int iteration, int epoch) {
                        if (isSecond()) {
                            other.fit(batch);
                        }
                    }
                };
        List<MultiDataSet> batches = batches(6);
        WrapperSteps seen = new WrapperSteps();
        ComputationGraph graph = network();
        seen.fit(WrapperSteps.builder(graph, 2, TrainingMode.AVERAGING).build(), batches, trains);
        for (int round = 0; round < 3; round++) {
            expected.fit(batch);
        }
        Compare.same(expected.params(), other.params(), "the other network");
        bothAre(big(batches), seen);
    }

    /** A backward pass more in one replica alone: it waits for the others' batches to end. */
    @Test
    void furtherPassesOfAListenerKeepTheReplicasTogether() {
        TrainingListener passes =
                new BaseTrainingListener() {
                    @Override
                    public void iterationDone(Model model, int iteration, int epoch) {
                        if (!isSecond()) {
                            Gradients.of((ComputationGraph) model, Nets.batch(3, iteration));
                        }
                    }
                };
        List<MultiDataSet> batches = batches(6);
        WrapperSteps seen = new WrapperSteps();
        ParallelWrapper wrapper =
                WrapperSteps.builder(network(), 2, TrainingMode.AVERAGING).build();
        wrapper.setListeners(seen.listener());
        new WrapperSteps().fit(wrapper, batches, passes);
        bothAre(big(batches), seen);
    }

    /** Each knows its own replicas alone. */
    @Test
    void twoWrappersAtOnceDoNotMeet() throws InterruptedException {
        List<List<MultiDataSet>> batches = List.of(batches(6), new ArrayList<>());
        for (int b = 0; b < 6; b++) {
            batches.get(1).add(Nets.batch(5, 100 + b));
        }
        List<WrapperSteps> seen = List.of(new WrapperSteps(), new WrapperSteps());
        List<Thread> threads = new ArrayList<>();
        for (int w = 0; w < 2; w++) {
            int own = w;
            ParallelWrapper wrapper =
                    WrapperSteps.builder(network(), 2, TrainingMode.AVERAGING).build();
            threads.add(new Thread(() -> seen.get(own).fit(wrapper, batches.get(own))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        bothAre(big(batches.get(0)), seen.get(0));
        bothAre(big(batches.get(1)), seen.get(1));
        assertNotEquals(
                seen.get(0).replicas().get(0).get(0).modalities(),
                seen.get(1).replicas().get(0).get(0).modalities());
    }

    /** The steps of one network on two batches at a time. */
    private static List<Modulation> big(List<MultiDataSet> batches) {
        ComputationGraph graph = Nets.modulated(options(), Nets.dense());
        List<Modulation> steps = new ArrayList<>();
        for (int from = 0; from < batches.size(); from += 2) {
            graph.fit(org.nd4j.linalg.dataset.MultiDataSet.merge(batches.subList(from, from + 2)));
            steps.add(ModulatedOptimizer.lastModulation(graph).orElseThrow());
        }
        return steps;
    }

    private static void bothAre(List<Modulation> big, WrapperSteps seen) {
        assertEquals(2, seen.replicas().size());
        for (List<Modulation> replica : seen.replicas()) {
            assertEquals(big.size(), replica.size());
            for (int round = 0; round < big.size(); round++) {
                WrapperSteps.assertSame(big.get(round), replica.get(round));
            }
        }
    }
}
