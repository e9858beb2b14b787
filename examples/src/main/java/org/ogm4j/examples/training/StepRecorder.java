package org.ogm4j.examples.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.examples.network.LogitsReader;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.network.ModalityLogits;

/**
 * Writes down every step, of plain and of modulated networks alike: scores come from the forward
 * pass that training makes anyway. It changes nothing.
 *
 * <p>Where a modality's score costs a forward pass of the classifier, which with attention takes a
 * good part of a step, it is taken at every 5th step of an epoch, the first included, and held in
 * between.
 */
final class StepRecorder extends BaseTrainingListener {

    private static final int INTERVAL = 5;

    private final List<TrainingStep> steps = new ArrayList<>();
    private final LogitsReader reader;
    private final Consumer<TrainingStep> onStep;
    private ModalityLogits logits;
    private INDArray fused;
    private double accuracy;
    private double audioScore;
    private double visualScore;
    private double audioCoefficient = 1;
    private double visualCoefficient = 1;

    StepRecorder(LogitsReader reader, Consumer<TrainingStep> onStep) {
        this.reader = reader;
        this.onStep = onStep;
    }

    List<TrainingStep> steps() {
        return List.copyOf(steps);
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
        ComputationGraph graph = (ComputationGraph) model;
        if (reader.isCheap() || steps.size() % INTERVAL == 0) {
            logits = reader.read(graph, activations);
            fused = logits.fused();
        } else {
            fused = reader.fused(graph, activations);
        }
    }

    /** The head has its labels only now. */
    @Override
    public void onBackwardPass(Model model) {
        IOutputLayer head = (IOutputLayer) ((ComputationGraph) model).getOutputLayer(0);
        INDArray oneHot = head.getLabels();
        accuracy = ModalityLogits.hitsOf(fused, oneHot) / (double) oneHot.size(0);
        if (logits != null) {
            audioScore = logits.score(Modality.AUDIO, oneHot);
            visualScore = logits.score(Modality.VISUAL, oneHot);
        }
        logits = null;
        fused = null;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        // a plain network, or a step outside the window, has none
        ModulatedOptimizer.lastModulation((ComputationGraph) model)
                .filter(last -> last.iteration() == iteration && last.epoch() == epoch)
                .ifPresent(this::takeCoefficients);
        TrainingStep step =
                new TrainingStep(
                        model.score(),
                        accuracy,
                        audioScore,
                        visualScore,
                        audioCoefficient,
                        visualCoefficient);
        steps.add(step);
        onStep.accept(step);
        audioCoefficient = 1;
        visualCoefficient = 1;
    }

    private void takeCoefficients(Modulation modulation) {
        audioCoefficient = coefficient(modulation, Modality.AUDIO);
        visualCoefficient = coefficient(modulation, Modality.VISUAL);
    }

    private static double coefficient(Modulation modulation, Modality modality) {
        return modulation.modalities().get(modality.input()).coefficient();
    }
}
