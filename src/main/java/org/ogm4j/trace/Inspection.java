package org.ogm4j.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.ogm4j.MissingModality.Kind;
import org.ogm4j.host.Vertices;
import org.ogm4j.presence.Entrances;
import org.ogm4j.presence.IndexInputs;
import org.ogm4j.presence.MissingSettings;
import org.ogm4j.presence.PresencePlan;
import org.ogm4j.tokens.ModalityReach;

/**
 * A network that is being looked at: what the user asked for, which modality reaches what, and the
 * problems found so far. They are thrown together, so that a user mends them in one go.
 */
public final class Inspection {

    private final ComputationGraphConfiguration conf;
    private final ModulationSettings settings;
    private final Map<String, List<String>> modalities;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final ModalityReach reach;

    /**
     * Begins with the modalities: as the user grouped the inputs, or one per network input.
     *
     * @param conf a network that is not modulated
     * @param settings what the user asked for
     * @throws IllegalArgumentException with all problems found, if the modalities do not fit the
     *     network's inputs
     */
    public Inspection(ComputationGraphConfiguration conf, ModulationSettings settings) {
        this.conf = conf;
        this.settings = settings;
        modalities = new LinkedHashMap<>(settings.modalities());
        if (modalities.isEmpty()) {
            conf.getNetworkInputs().forEach(input -> modalities.put(input, List.of(input)));
        }
        checkModalities();
        throwAny();
        checkMissing();
        Map<String, String> modalityOfInput = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> modality : modalities.entrySet()) {
            modality.getValue().forEach(input -> modalityOfInput.put(input, modality.getKey()));
        }
        reach = new ModalityReach(conf, modalityOfInput);
    }

    private void checkModalities() {
        List<String> inputs = conf.getNetworkInputs();
        if (modalities.size() < 2) {
            problem(
                    "modalities must be at least 2, got %s: a network with one modality has nothing to balance",
                    modalities.keySet());
        }
        for (Map.Entry<String, List<String>> modality : modalities.entrySet()) {
            for (String input : modality.getValue()) {
                if (!inputs.contains(input)) {
                    problem(
                            "inputs of modality \"%s\" must be network inputs, got \"%s\"; known are %s",
                            modality.getKey(), input, inputs);
                }
            }
        }
        for (String input : inputs) {
            List<String> owners = new ArrayList<>(modalities.keySet());
            owners.removeIf(modality -> !modalities.get(modality).contains(input));
            if (owners.size() != 1) {
                problem(
                        "network input \"%s\" must be in exactly one modality, got %s; known are %s: say which with modality(name, inputs...)",
                        input, owners, modalities.keySet());
            }
        }
    }

    private void checkMissing() {
        MissingSettings missing = settings.missing();
        for (String modality : missing.single().keySet()) {
            if (!modalities.containsKey(modality)) {
                problem(
                        "missing must name one of the modalities %s, got \"%s\"",
                        modalities.keySet(), modality);
            }
        }
        for (Map.Entry<String, List<String>> modality : modalities.entrySet()) {
            for (String input : modality.getValue()) {
                String embedding = IndexInputs.embeddingOf(conf, input);
                if (missing.of(modality.getKey()).kind() == Kind.ZEROS && embedding != null) {
                    problem(
                            "missing modality \"%s\" must not be told by zeros, since \"%s\" takes input \"%s\" for indices and 0 is a valid one, got zeros: use feature masks, or MissingModality.nans()",
                            modality.getKey(), embedding, input);
                }
            }
        }
        for (String input : conf.getNetworkInputs()) {
            String name = Entrances.nameAt(input);
            if (missing.anyNans(modalities.keySet())
                    && (conf.getVertices().containsKey(name)
                            || conf.getNetworkInputs().contains(name))) {
                problem(
                        "names of vertices must not be \"%s\" with MissingModality.nans(), which adds one of that name, got it: rename it",
                        name);
            }
        }
    }

    ComputationGraphConfiguration conf() {
        return conf;
    }

    ModulationSettings settings() {
        return settings;
    }

    /**
     * The names of the modalities.
     *
     * @return in the order that the user named them in, or of the network's inputs
     */
    public Set<String> modalities() {
        return modalities.keySet();
    }

    /** The network inputs of a modality. */
    List<String> inputsOf(String modality) {
        return modalities.get(modality);
    }

    /**
     * How to tell which examples have which modality.
     *
     * @return one per modality
     */
    public List<PresencePlan> presence() {
        List<PresencePlan> plans = new ArrayList<>();
        modalities.forEach((name, inputs) -> plans.add(settings.missing().planOf(name, inputs)));
        return plans;
    }

    /**
     * Which modality reaches what.
     *
     * @return the same for the whole inspection
     */
    public ModalityReach reach() {
        return reach;
    }

    /** A vertex, null for a network input. */
    GraphVertex vertex(String name) {
        return conf.getVertices().get(name);
    }

    /** The layer of a vertex without its frozen wrappers, null for a vertex without one. */
    Layer layerOf(String name) {
        return Vertices.layerOf(vertex(name));
    }

    /** Adds a problem: "(what) must be (rule), got (value): (way out)". */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    void problem(String format, Object... values) {
        problems.add(format.formatted(values));
    }

    /** Adds what a user should know of a network that can be modulated. */
    void note(String note) {
        notes.add(note);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** How many problems there are so far. */
    int problems() {
        return problems.size();
    }

    void throwAny() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "The network cannot be modulated:\n  - " + String.join("\n  - ", problems));
        }
    }
}
