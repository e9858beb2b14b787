package org.ogm4j;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.ogm4j.gate.Modulator;
import org.ogm4j.plan.ModulationPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what modulation did in each step to a consumer, on the thread that trains.
 *
 * <p>It only reads: training is the same with and without it. Steps outside the modulation window,
 * and networks that are not modulated, hand over nothing, which is logged once.
 *
 * <p>Example: a line for each modality in every hundredth step.
 *
 * <pre>{@code
 * net.addListeners(new ModulationListener(step -> {
 *     if (step.iteration() % 100 == 0) {
 *         step.modalities().forEach((name, m) -> System.out.printf(
 *                 "%s: ratio %.2f, k %.2f%n", name, m.ratio(), m.coefficient()));
 *     }
 * }));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class ModulationListener extends BaseTrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(ModulationListener.class);

    private final Consumer<Modulation> consumer;
    private boolean silenceLogged;

    /**
     * Creates a listener.
     *
     * @param consumer takes each step's record
     */
    public ModulationListener(Consumer<Modulation> consumer) {
        this.consumer = Objects.requireNonNull(consumer, "consumer");
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        if (model instanceof ComputationGraph graph) {
            Optional<Modulation> step =
                    ModulatedOptimizer.lastModulation(graph)
                            .filter(last -> last.iteration() == iteration && last.epoch() == epoch);
            step.ifPresent(consumer);
            if (step.isEmpty() && !silenceLogged) {
                logSilence(Modulator.planOf(graph), epoch);
            }
        }
    }

    private void logSilence(ModulationPlan plan, int epoch) {
        if (plan == null) {
            silenceLogged = true;
            LOG.warn(
                    "ModulationListener has nothing to hand over: the network is not modulated. Call"
                            + " ModulatedOptimizer.modulate first. Logged once.");
        } else if (!plan.actsIn(epoch)) {
            silenceLogged = true;
            LOG.info(
                    "ModulationListener hands over nothing in epoch {}: modulation acts in epochs {}"
                            + " to {}. Logged once.",
                    epoch,
                    plan.firstEpoch(),
                    plan.lastEpoch());
        }
    }
}
