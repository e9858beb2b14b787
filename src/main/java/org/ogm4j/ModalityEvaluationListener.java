package org.ogm4j;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates a network while it trains, fused and from each modality alone, at the end of every n-th
 * epoch: logs the table of the {@link UnimodalEvaluation} and hands it to a consumer, on the thread
 * that trains.
 *
 * <p>It only reads: training is the same with and without it, to the last bit, random numbers
 * included. If an answer of the network is NaN, there is a warning instead of a table.
 *
 * <p>Example: a table on validation data after every fifth epoch.
 *
 * <pre>{@code
 * net.addListeners(new ModalityEvaluationListener(validation, 5));
 * net.fit(train, 100);
 * }</pre>
 *
 * @since 0.1.0
 */
public final class ModalityEvaluationListener extends BaseTrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(ModalityEvaluationListener.class);

    private final MultiDataSetIterator data;
    private final int every;
    private final Consumer<UnimodalEvaluation> consumer;
    private int epochs;
    private UnimodalEvaluation latest;

    /**
     * Creates a listener that logs.
     *
     * @param data what to evaluate on; it must be possible to reset it
     * @param every how many epochs from one evaluation to the next, at least 1
     * @throws IllegalArgumentException if every is below 1, or the data cannot be reset
     */
    public ModalityEvaluationListener(MultiDataSetIterator data, int every) {
        this(data, every, evaluation -> {});
    }

    /**
     * Creates a listener that logs and hands over.
     *
     * @param data what to evaluate on; it must be possible to reset it
     * @param every how many epochs from one evaluation to the next, at least 1
     * @param consumer takes each evaluation
     * @throws IllegalArgumentException if every is below 1, or the data cannot be reset
     */
    public ModalityEvaluationListener(
            MultiDataSetIterator data, int every, Consumer<UnimodalEvaluation> consumer) {
        if (every < 1) {
            throw new IllegalArgumentException("every must be at least 1, got " + every);
        }
        if (!data.resetSupported()) {
            throw new IllegalArgumentException(
                    "data must be an iterator that can be reset, since it is read again and again, got "
                            + data.getClass().getName());
        }
        this.data = data;
        this.every = every;
        this.consumer = Objects.requireNonNull(consumer, "consumer");
    }

    /**
     * The latest evaluation.
     *
     * @return empty if there was none yet
     */
    public synchronized Optional<UnimodalEvaluation> latest() {
        return Optional.ofNullable(latest);
    }

    // workers of a ParallelWrapper may share a listener
    @Override
    public synchronized void onEpochEnd(Model model) {
        if (!(model instanceof ComputationGraph graph) || ++epochs % every != 0) {
            return;
        }
        try {
            latest = ModulatedOptimizer.evaluate(graph, data);
        } catch (ArithmeticException e) {
            LOG.warn("Not evaluated after epoch {}: {}", graph.getEpochCount(), e.getMessage());
            return;
        }
        LOG.info("After epoch {}:\n{}", graph.getEpochCount(), latest);
        consumer.accept(latest);
    }
}
