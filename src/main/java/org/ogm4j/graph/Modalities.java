package org.ogm4j.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.flow.Reach;

/**
 * The modalities of a network and their inputs, as the user grouped them or one per network input.
 */
final class Modalities {

    private Modalities() {}

    /**
     * Which modality reaches what.
     *
     * @throws IllegalArgumentException if the modalities do not fit the network's inputs
     */
    static Reach reach(ComputationGraphConfiguration conf, ModulationSettings settings) {
        List<String> problems = new ArrayList<>();
        Map<String, List<String>> modalities = of(conf, settings.modalities(), problems);
        Problems.throwAny(problems);
        Map<String, String> modalityOfInput = new LinkedHashMap<>();
        modalities.forEach(
                (name, inputs) -> inputs.forEach(input -> modalityOfInput.put(input, name)));
        return new Reach(conf, modalityOfInput);
    }

    static Map<String, List<String>> of(
            ComputationGraphConfiguration conf,
            Map<String, List<String>> asked,
            List<String> problems) {
        List<String> inputs = conf.getNetworkInputs();
        Map<String, List<String>> modalities = new LinkedHashMap<>(asked);
        if (modalities.isEmpty()) {
            inputs.forEach(input -> modalities.put(input, List.of(input)));
        }
        if (modalities.size() < 2) {
            problems.add(
                    "modalities must be at least 2, got %s: a network with one modality has nothing to balance"
                            .formatted(modalities.keySet()));
        }
        modalities.forEach(
                (name, own) ->
                        own.stream()
                                .filter(input -> !inputs.contains(input))
                                .forEach(
                                        input ->
                                                problems.add(
                                                        "inputs of modality \"%s\" must be network inputs, got \"%s\"; known are %s"
                                                                .formatted(name, input, inputs))));
        for (String input : inputs) {
            List<String> owners =
                    modalities.entrySet().stream()
                            .filter(modality -> modality.getValue().contains(input))
                            .map(Map.Entry::getKey)
                            .toList();
            if (owners.size() != 1) {
                problems.add(
                        "network input \"%s\" must be in exactly one modality, got %s; known are %s: say which with modality(name, inputs...)"
                                .formatted(input, owners, modalities.keySet()));
            }
        }
        return modalities;
    }
}
