package org.ogm4j.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.solvers.accumulation.EncodedGradientsAccumulator;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * {@code ParallelWrapper} with what each of its replicas does. Replicas wait for one another before
 * their first update: DL4J copies them from the network while its first replica, which is the
 * network itself, may be training already.
 */
public final class Replicas {

    private final int workers;
    private final CyclicBarrier together;
    private final Map<String, List<INDArray>> seen = new ConcurrentSkipListMap<>();

    public Replicas(int workers) {
        this.workers = workers;
        together = new CyclicBarrier(workers);
    }

    /** Before any replica takes a step, in every round. */
    private final class Together extends BaseTrainingListener {
        @Override
        public void onForwardPass(Model model, Map<String, INDArray> activations) {
            try {
                together.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Parameters after the step of each replica, before they are averaged. */
    private final class AfterTheStep extends BaseTrainingListener {
        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            add(model.params().dup());
        }
    }

    /** Updates as they are before they are cut to a threshold. */
    @SuppressWarnings("serial") // it stays here
    private final class Updates extends EncodedGradientsAccumulator {
        Updates(int workers) {
            super(workers, new FixedThresholdAlgorithm(1e-3), null, false);
        }

        @Override
        public void storeUpdate(INDArray array, int iteration, int epoch) {
            add(array.dup());
            super.storeUpdate(array, iteration, epoch);
        }
    }

    private void add(INDArray array) {
        seen.computeIfAbsent(Thread.currentThread().getName(), name -> new ArrayList<>())
                .add(array);
    }

    /** Averages parameters after every step; as many batches as a multiple of the workers. */
    public Replicas average(
            ComputationGraph graph, List<MultiDataSet> batches, TrainingListener... more) {
        return fit(builder(graph).trainingMode(TrainingMode.AVERAGING), batches, true, more);
    }

    /** Shares updates. */
    public Replicas share(ComputationGraph graph, List<MultiDataSet> batches) {
        return fit(
                builder(graph)
                        .trainingMode(TrainingMode.SHARED_GRADIENTS)
                        .gradientsAccumulator(new Updates(workers)),
                batches,
                false);
    }

    private ParallelWrapper.Builder<?> builder(ComputationGraph graph) {
        return new ParallelWrapper.Builder<>(graph).workers(workers).averagingFrequency(1);
    }

    private Replicas fit(
            ParallelWrapper.Builder<?> builder,
            List<MultiDataSet> batches,
            boolean watched,
            TrainingListener... more) {
        ParallelWrapper wrapper = builder.build();
        List<TrainingListener> listeners = new ArrayList<>(List.of(more));
        listeners.add(new Together());
        if (watched) {
            listeners.add(new AfterTheStep());
        }
        wrapper.setListeners(listeners);
        int examples = (int) batches.get(0).getLabels(0).size(0);
        wrapper.fit(new IteratorMultiDataSetIterator(batches.iterator(), examples));
        wrapper.shutdown();
        return this;
    }

    /** What was seen of each replica in a round, by its number. */
    public List<INDArray> inRound(int round) {
        return seen.values().stream().map(rounds -> rounds.get(round)).toList();
    }
}
