package org.ogm4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.UnimodalEvaluation;
import org.ogm4j.host.RandomState;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.presence.Presence;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.score.Readout;
import org.ogm4j.score.Rows;
import org.ogm4j.score.Truth;
import org.ogm4j.score.UnimodalLosses;
import org.ogm4j.trace.ModulationSettings;
import org.ogm4j.trace.SplittableHeads;

/**
 * Judges what a network answers, and what it would answer from each modality alone, through the
 * logits that modalities are scored with in training.
 */
public final class Evaluator {

    private final ModulationPlan plan;
    private final ReadingPass pass;
    private final Map<String, Answerers> outputs = new LinkedHashMap<>();
    private final Set<String> labelled = new HashSet<>();

    /**
     * Who answers at one output.
     *
     * @param fused the network; null where only one modality reaches the output
     * @param alone each modality that is read there
     */
    private record Answerers(Tally fused, Map<String, Tally> alone) {

        UnimodalEvaluation.Output judged() {
            Map<String, UnimodalEvaluation.Quality> qualities = new LinkedHashMap<>();
            alone.forEach((modality, tally) -> qualities.put(modality, tally.quality()));
            return new UnimodalEvaluation.Output(fused == null ? null : fused.quality(), qualities);
        }
    }

    private Evaluator(ComputationGraph graph, ComputationGraphConfiguration readable) {
        plan = Rewrite.planOf(readable).orElseThrow();
        pass = new ReadingPass(graph, readable, plan);
        FusedOutputs fusedOutputs = new FusedOutputs(readable, plan);
        for (boolean fused : new boolean[] {true, false}) { // fused outputs first
            for (String output : readable.getNetworkOutputs()) {
                if (fusedOutputs.contain(output) == fused
                        && SplittableHeads.cannotBeScored(readable.getVertices().get(output))
                                == null) {
                    addOutput(output, fused);
                }
            }
        }
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException(
                    "outputs must include one that modalities are read at, with a loss for each example, got %s"
                            .formatted(readable.getNetworkOutputs()));
        }
    }

    private void addOutput(String output, boolean fused) {
        Map<String, Tally> alone = new LinkedHashMap<>();
        for (ModalityPlan modality : plan.modalities()) {
            if (modality.readouts().stream().map(Readout::output).anyMatch(output::equals)) {
                String name = "modality \"%s\" alone".formatted(modality.name());
                alone.put(modality.name(), new Tally(output, name));
            }
        }
        if (fused || !alone.isEmpty()) {
            outputs.put(output, new Answerers(fused ? new Tally(output, "fusion") : null, alone));
        }
    }

    /**
     * Evaluates a network, which stays as it is, ND4J's random numbers included.
     *
     * @param graph the network, modulated or not
     * @param data read from its start, if it can be reset
     * @param settings the modalities of a network that is not modulated
     * @return what was found
     * @throws IllegalArgumentException if a modality cannot be read, with all problems found, or
     *     there is no labelled example
     * @throws IllegalStateException if the network was edited after it was modulated
     * @throws ArithmeticException if an answer is NaN
     */
    @SuppressWarnings("try") // a scope is opened for its effect
    public static UnimodalEvaluation of(
            ComputationGraph graph, MultiDataSetIterator data, ModulationSettings settings) {
        graph.init();
        RandomState before = RandomState.now();
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return new Evaluator(graph, readable(graph.getConfiguration(), settings)).judge(data);
        } finally {
            before.restore();
        }
    }

    private static ComputationGraphConfiguration readable(
            ComputationGraphConfiguration conf, ModulationSettings settings) {
        try {
            return Rewrite.readable(conf, settings);
        } catch (IllegalArgumentException problems) {
            throw new IllegalArgumentException(
                    "network must be modulated, or have one modality per input, each of which can be read, got one that is not and cannot: evaluate(ModulatedOptimizer.builder()....build().modulate(network), data) reads it with other modalities, heads or scores. "
                            + problems.getMessage(),
                    problems);
        }
    }

    private UnimodalEvaluation judge(MultiDataSetIterator data) {
        if (data.resetSupported()) {
            data.reset();
        }
        int batches = 0;
        for (; data.hasNext(); batches++) {
            MultiDataSet batch = data.next();
            if (batch.getFeatures() != null && batch.getLabels() != null) {
                add(batch);
            }
        }
        Map<String, UnimodalEvaluation.Output> judged = new LinkedHashMap<>();
        for (String output : outputs.keySet()) {
            if (labelled.contains(output)) {
                judged.put(output, outputs.get(output).judged());
            }
        }
        if (judged.values().stream().noneMatch(Evaluator::hasExamples)) {
            throw new IllegalArgumentException(
                    "data must have at least one example with a label that is not masked, got none in %d batches%s"
                            .formatted(
                                    batches,
                                    batches == 0 && !data.resetSupported()
                                            ? ": the iterator is at its end and cannot be reset"
                                            : ""));
        }
        List<String> names = plan.modalities().stream().map(ModalityPlan::name).toList();
        return new UnimodalEvaluation(names, judged);
    }

    private static boolean hasExamples(UnimodalEvaluation.Output output) {
        List<UnimodalEvaluation.Quality> all = new ArrayList<>(output.alone().values());
        if (output.fused() != null) {
            all.add(output.fused());
        }
        return all.stream().anyMatch(quality -> quality.examples() > 0);
    }

    private void add(MultiDataSet batch) {
        Map<String, INDArray> answers = pass.run(batch);
        ComputationGraph instance = pass.instance();
        boolean[] all = new boolean[instance.batchSize()];
        Arrays.fill(all, true);
        Map<String, Truth> truths = new LinkedHashMap<>();
        for (Map.Entry<String, Answerers> output : outputs.entrySet()) {
            Truth truth = Truth.of(instance, output.getKey());
            if (truth != null) {
                truths.put(output.getKey(), truth);
                labelled.add(output.getKey());
                Tally fused = output.getValue().fused();
                if (fused != null) {
                    INDArray rows = Rows.of(answers.get(output.getKey()));
                    Truth judge = truth.judging(activationAt(output.getKey()));
                    fused.add(judge, rows, all);
                }
            }
        }
        for (ModalityPlan modality : plan.modalities()) {
            String name = modality.name();
            boolean[] has = Presence.of(instance, modality.presence());
            boolean[] present = has == null ? all : has;
            UnimodalLosses.read(
                    instance,
                    truths,
                    name,
                    modality.readouts(),
                    pass.zeroOut(),
                    (output, truth, logits) ->
                            outputs.get(output)
                                    .alone()
                                    .get(name)
                                    .add(truth, predictions(truth, logits), present));
        }
    }

    /** What makes predictions in front of an output's loss layer; null for the layer itself. */
    private IActivation activationAt(String output) {
        return plan.readouts().stream()
                .filter(readout -> readout.output().equals(output) && readout.activation() != null)
                .map(Readout::activation)
                .findFirst()
                .orElse(null);
    }

    /** In double, by the activation that the loss applies. */
    static INDArray predictions(Truth truth, INDArray logits) {
        INDArray doubles = logits.castTo(DataType.DOUBLE);
        INDArray own = doubles == logits ? logits.dup() : doubles;
        return truth.loss().activation().getActivation(own, false);
    }
}
