package org.ogm4j.study.watch;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.ogm4j.UnimodalEvaluation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes numbers of a training to a file while it runs: what {@link TensorBoardListener}, {@link
 * CsvListener} and {@link UiListener} share.
 *
 * <p>It only reads: training is the same with and without it, to the last bit. Written are, with u
 * for a modality and i for an input of the network:
 *
 * <pre>
 * training/loss            what DL4J minimises: loss and penalties
 * training/learning_rate   the largest of all layers
 * score/u, ratio/u         how well the modality alone predicts the labels, and rho
 * loss/u                   the loss of the modality's own logits
 * coefficient/u            k
 * moment_coefficient/u     p of the Adam variant
 * drop_rate/u              q of prediction modulation
 * joint_signal/u           size of the joint error signal at the modality's gates, per example
 * unimodal_signal/u        the same of its own, where there is one
 * signal_cosine/u          their cosine
 * gradient/i               2-norm of the gradient of all weights that only this input reaches, after
 *                          modulation at the gates and before the updaters
 * validation/fused, /u     accuracy or R2: what was given to {@link #evaluated}
 * </pre>
 *
 * <p>What is of a modality is there in the window of modulation only, as {@link
 * org.ogm4j.ModalityStep} has it. Numbers that are not finite are left out.
 *
 * <p><b>One listener is for one training.</b> A step is written once: where several networks share
 * a listener, as the workers of a {@code ParallelWrapper} do, by the one that gets there first.
 * Where training is resumed from a saved network, what was written of steps that come again is
 * given up.
 *
 * <p><b>Errors</b>: nothing that happens to the file ends the training. There is one warning, and
 * each further step tries again; what could not be written in between is missing.
 *
 * @since 0.1.0
 */
public abstract sealed class WatchingListener extends BaseTrainingListener
        permits TensorBoardListener, CsvListener, UiListener {

    private static final Logger LOG = LoggerFactory.getLogger(WatchingListener.class);

    private final int every;
    private final IdentityHashMap<Model, Map<String, Double>> gradients = new IdentityHashMap<>();
    private StepNumbers numbers;
    private Model writer;
    private int written = -1;
    private int seen;
    private int epoch;
    private boolean open;
    private boolean broken;
    private boolean othersLogged;

    WatchingListener(int every) {
        if (every < 1) {
            throw new IllegalArgumentException("every must be at least 1, got " + every);
        }
        this.every = every;
    }

    /** Where it is written, for messages. */
    abstract Object place();

    /**
     * Opens the file for steps from this one on.
     *
     * @param names all that may be written
     */
    abstract void open(List<String> names, int first) throws IOException;

    /** Writes and flushes. */
    abstract void write(int iteration, int inEpoch, Map<String, Double> values) throws IOException;

    /** Gives the file back, whatever is with it. */
    abstract void close();

    @Override
    public final synchronized void onGradientCalculation(Model model) {
        if (model instanceof ComputationGraph graph
                && graph.getConfiguration().getIterationCount() % every == 0) {
            gradients.put(model, numbers(graph).gradients(graph.gradient()));
        }
    }

    @Override
    public final synchronized void iterationDone(Model model, int iteration, int inEpoch) {
        if (!(model instanceof ComputationGraph graph)) {
            return;
        }
        Map<String, Double> own = gradients.remove(model);
        if (iteration <= written) {
            if (model != writer) {
                logOthers(iteration);
                return;
            }
            open = false; // the same network begins again
        }
        seen = iteration;
        epoch = inEpoch;
        if (iteration % every != 0) {
            return;
        }
        writer = model;
        written = iteration;
        Map<String, Double> values = numbers(graph).training(graph, iteration, inEpoch);
        if (own != null) {
            values.putAll(own);
        }
        write(values, iteration);
    }

    /**
     * Writes an evaluation, at the latest step. Example: {@code net.addListeners(listener, new
     * ModalityEvaluationListener(validation, 1, listener::evaluated))}.
     *
     * @param evaluation of the network in training; of the first output that several modalities
     *     reach
     */
    public final synchronized void evaluated(UnimodalEvaluation evaluation) {
        if (numbers == null) {
            LOG.warn("An evaluation is not written to {}: no step came before it", place());
        } else {
            write(StepNumbers.validation(evaluation), seen + 1); // the step itself is there
        }
    }

    private StepNumbers numbers(ComputationGraph graph) {
        if (numbers == null) {
            numbers = new StepNumbers(graph);
        }
        return numbers;
    }

    private void write(Map<String, Double> values, int first) {
        try {
            if (!open) {
                close();
                open(numbers.names(), first);
                open = true;
            }
            write(seen, epoch, values);
            if (broken) {
                LOG.info("{} can be written again, from step {}", place(), seen);
            }
            broken = false;
        } catch (IOException e) {
            close();
            open = false;
            if (!broken) {
                LOG.warn(
                        "{} cannot be written from step {}: {}. Training goes on, and each step"
                                + " tries again",
                        place(),
                        seen,
                        e.toString());
            }
            broken = true;
        }
    }

    private void logOthers(int iteration) {
        if (!othersLogged) {
            othersLogged = true;
            LOG.info(
                    "Step {} of another network is not written to {}: it has this step. Right for"
                            + " workers that train side by side; a second training needs a listener"
                            + " of its own. Logged once",
                    iteration,
                    place());
        }
    }
}
