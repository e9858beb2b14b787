package org.ogm4j.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * The modalities of a network and their inputs, as the user grouped them or one per network input.
 */
final class Modalities {

    private Modalities() {}

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
