package org.ogm4j.study.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.study.TrainingStep;
import org.ogm4j.study.answer.Batch;
import org.ogm4j.study.measure.Answers;
import org.ogm4j.study.measure.Layout;
import org.ogm4j.study.measure.Reader;
import org.ogm4j.study.watch.StepNumbers;

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
    private final Layout layout;
    private final String output;
    private final Reader reader;
    private final Consumer<TrainingStep> onStep;
    private final Map<String, Double> scores = new LinkedHashMap<>();
    private Answers answers;
    private INDArray fused;
    private double right;

    /**
     * For one epoch.
     *
     * @param layout of the plain network
     * @param output the one of the network in training whose answer is measured
     */
    StepRecorder(Layout layout, String output, Reader reader, Consumer<TrainingStep> onStep) {
        this.layout = layout;
        this.output = output;
        this.reader = reader;
        this.onStep = onStep;
        layout.modalities().forEach(modality -> scores.put(modality, Double.NaN));
    }

    List<TrainingStep> steps() {
        return List.copyOf(steps);
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
        ComputationGraph graph = (ComputationGraph) model;
        if (reader.isCheap() || steps.size() % INTERVAL == 0) {
            answers = reader.read(graph, activations);
            fused = answers.fused();
        } else {
            fused = reader.fused(graph, activations);
        }
    }

    /** The head has its labels only now. */
    @Override
    public void onBackwardPass(Model model) {
        Layer head = ((ComputationGraph) model).getLayer(output);
        Batch batch =
                new Batch(layout.kind(), ((IOutputLayer) head).getLabels(), head.getMaskArray());
        right = batch.right(fused);
        if (answers != null) {
            scores.replaceAll((modality, old) -> batch.score(answers.alone(modality)));
        }
        answers = null;
        fused = null;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        // a plain network, or a step outside the window, has none
        Map<String, ModalityStep> known =
                ModulatedOptimizer.lastModulation((ComputationGraph) model)
                        .filter(last -> last.iteration() == iteration && last.epoch() == epoch)
                        .map(Modulation::modalities)
                        .orElse(Map.of());
        Map<String, Double> coefficients = new LinkedHashMap<>();
        Map<String, Double> measured = new LinkedHashMap<>();
        for (String modality : layout.modalities()) {
            ModalityStep step = known.get(modality);
            // 1 where the optimizer knows the modality by another name, or not at all
            coefficients.put(modality, step == null ? 1.0 : step.coefficient());
            if (step != null) {
                measured.putAll(StepNumbers.besides(modality, step));
            }
        }
        TrainingStep step = new TrainingStep(model.score(), right, scores, coefficients, measured);
        steps.add(step);
        onStep.accept(step);
    }
}
