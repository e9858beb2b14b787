package org.ogm4j.study.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.UnimodalEvaluation;

/**
 * What is written of a network: its names, and what they are in the present step. A name is {@code
 * kind/of-what}; what is not known is left out.
 */
public final class StepNumbers {

    private static final List<String> OF_MODALITIES =
            List.of(
                    "score/",
                    "loss/",
                    "ratio/",
                    "coefficient/",
                    "moment_coefficient/",
                    "drop_rate/",
                    "joint_signal/",
                    "unimodal_signal/",
                    "signal_cosine/");

    private final List<String> modalities;
    private final List<String> inputs;

    /** Parameters by the only input that reaches them. */
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();

    /** For a network and all with the same configuration. */
    StepNumbers(ComputationGraph graph) {
        modalities = ModulatedOptimizer.modalities(graph);
        inputs = graph.getConfiguration().getNetworkInputs();
        Map<String, List<String>> sources = graph.getConfiguration().getVertexInputs();
        Set<String> used = new HashSet<>();
        graph.getConfiguration().getNetworkOutputs().forEach(out -> addUsed(out, sources, used));
        Map<String, Set<String>> reaching = new HashMap<>();
        for (String input : inputs) {
            reaching.put(input, Set.of(input));
            parameters.put(input, new ArrayList<>());
        }
        for (String vertex : used) {
            Set<String> inputs = reaching(vertex, sources, reaching);
            if (inputs.size() == 1 && sources.containsKey(vertex)) {
                graph.getVertex(vertex)
                        .paramTable(false)
                        .keySet()
                        .forEach(
                                name ->
                                        parameters
                                                .get(inputs.iterator().next())
                                                .add(vertex + "_" + name));
            }
        }
        parameters.values().removeIf(List::isEmpty);
    }

    /** An output and all that it depends on: probes belong to none. */
    private static void addUsed(
            String vertex, Map<String, List<String>> sources, Set<String> used) {
        if (used.add(vertex)) {
            sources.getOrDefault(vertex, List.of()).forEach(each -> addUsed(each, sources, used));
        }
    }

    private static Set<String> reaching(
            String vertex, Map<String, List<String>> sources, Map<String, Set<String>> known) {
        if (!known.containsKey(vertex)) {
            Set<String> inputs = new HashSet<>();
            sources.get(vertex).forEach(each -> inputs.addAll(reaching(each, sources, known)));
            known.put(vertex, inputs);
        }
        return known.get(vertex);
    }

    /** Everything that may be written, in the order of columns. */
    List<String> names() {
        List<String> names = new ArrayList<>(List.of("training/loss", "training/learning_rate"));
        for (String kind : OF_MODALITIES) {
            modalities.forEach(modality -> names.add(kind + modality));
        }
        parameters.keySet().forEach(input -> names.add("gradient/" + input));
        names.add("validation/fused");
        List<String> evaluated = modalities.isEmpty() ? inputs : modalities;
        evaluated.forEach(modality -> names.add("validation/" + modality));
        return names;
    }

    /** Right after the step. */
    Map<String, Double> training(ComputationGraph graph, int iteration, int epoch) {
        Map<String, Double> values = new LinkedHashMap<>();
        put(values, "training/loss", graph.score());
        put(values, "training/learning_rate", learningRate(graph));
        ModulatedOptimizer.lastModulation(graph)
                .filter(last -> last.iteration() == iteration && last.epoch() == epoch)
                .ifPresent(last -> last.modalities().forEach((name, m) -> put(values, name, m)));
        return values;
    }

    private static void put(Map<String, Double> values, String modality, ModalityStep step) {
        put(values, "score/" + modality, step.score());
        put(values, "ratio/" + modality, step.ratio());
        put(values, "coefficient/" + modality, step.coefficient());
        values.putAll(besides(modality, step));
    }

    /** What a step says of a modality besides score, ratio and k. */
    public static Map<String, Double> besides(String modality, ModalityStep step) {
        Map<String, Double> values = new LinkedHashMap<>();
        put(values, "loss/" + modality, step.loss());
        put(values, "moment_coefficient/" + modality, step.momentCoefficient());
        put(values, "drop_rate/" + modality, step.dropRate());
        put(values, "joint_signal/" + modality, step.signals().joint());
        put(values, "unimodal_signal/" + modality, step.signals().unimodal());
        put(values, "signal_cosine/" + modality, step.signals().cosine());
        return values;
    }

    /** The largest of all layers. */
    private static double learningRate(ComputationGraph graph) {
        return Stream.of(graph.getLayers())
                .map(Layer::conf)
                .map(conf -> graph.getLearningRate(conf.getLayer().getLayerName()))
                .filter(Objects::nonNull)
                .mapToDouble(rate -> rate)
                .max()
                .orElse(Double.NaN);
    }

    /** While the gradient is as it came from the backward pass. */
    Map<String, Double> gradients(Gradient gradient) {
        Map<String, Double> values = new LinkedHashMap<>();
        parameters.forEach(
                (input, names) ->
                        put(
                                values,
                                "gradient/" + input,
                                Math.sqrt(
                                        names.stream()
                                                .map(gradient::getGradientFor)
                                                .filter(Objects::nonNull)
                                                .mapToDouble(StepNumbers::square)
                                                .sum())));
        return values;
    }

    private static double square(INDArray array) {
        double norm = array.norm2Number().doubleValue();
        return norm * norm;
    }

    /** Of the first output that several modalities reach. */
    static Map<String, Double> validation(UnimodalEvaluation evaluation) {
        Map<String, Double> values = new LinkedHashMap<>();
        put(values, "validation/fused", evaluation.fused().main());
        for (String modality : evaluation.modalities()) {
            put(values, "validation/" + modality, evaluation.alone(modality).main());
        }
        return values;
    }

    private static void put(Map<String, Double> values, String name, double value) {
        if (Double.isFinite(value)) {
            values.put(name, value);
        }
    }
}
