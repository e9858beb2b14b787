package org.ogm4j.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.flow.Reach;
import org.ogm4j.flow.TokenPlan;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.Readout;
import org.ogm4j.score.ZeroOutReadout;

/**
 * Which vertices are whose encoder, where the gates go, and where scores come from.
 *
 * <p>A vertex that one modality alone reaches is of its encoder, unless it is a head, an output, a
 * layer of the fusion, or comes behind one of these: all that is the classifier. Gates sit on the
 * edges from encoders into the classifier.
 *
 * @param encoders the encoder of each modality
 * @param gates for each vertex of the classifier that reads an encoder, the modality of each of its
 *     inputs, null for one that is not an encoder's
 * @param shared the vertices that scores by zero-out run, in the order that data flows: for each of
 *     their inputs the modality that it comes from, null for one from among them
 * @param probes to be added, so that they give the logits of their modality
 * @param trunk layers that are modulated token by token, and whose tokens they work on
 */
record Trace(
        Map<String, Encoder> encoders,
        Map<String, List<String>> gates,
        Map<String, List<String>> shared,
        List<ProbePlan> probes,
        Map<String, TokenPlan> trunk) {

    /**
     * What belongs to one modality.
     *
     * @param inputs its network inputs
     * @param vertices the vertices of its encoder, in the order that data flows
     * @param scorings where its logits come from
     * @param updaters what its updaters are
     */
    record Encoder(
            List<String> inputs,
            List<String> vertices,
            List<Scoring> scorings,
            EncoderUpdaters updaters) {

        List<Readout> readouts() {
            return scorings.stream().map(Scoring::readout).toList();
        }
    }

    /**
     * Traces a network.
     *
     * @param conf a configuration that is not modulated
     * @param settings the modalities and heads that the user named
     * @throws IllegalArgumentException with all problems found, if the network cannot be modulated
     */
    static Trace of(ComputationGraphConfiguration conf, ModulationSettings settings) {
        List<String> problems = new ArrayList<>();
        Map<String, List<String>> modalities = Modalities.of(conf, settings.modalities(), problems);
        Problems.throwAny(problems);
        Reach reach = Modalities.reach(conf, settings);
        Heads heads = new Heads(conf, reach, modalities.keySet(), settings.scores(), problems);
        Boundaries boundaries = new Boundaries(conf, reach, settings.encoders(), problems);
        Set<String> classifier = classifier(conf, reach, heads, boundaries);
        Map<String, Encoder> encoders = new LinkedHashMap<>();
        modalities.forEach(
                (name, inputs) -> {
                    List<String> vertices =
                            reach.verticesOf(name).stream()
                                    .filter(vertex -> !classifier.contains(vertex))
                                    .toList();
                    EncoderUpdaters updaters =
                            EncoderChecks.check(conf, name, vertices, settings, problems);
                    encoders.put(
                            name,
                            new Encoder(inputs, vertices, heads.scorings().get(name), updaters));
                });
        Map<String, List<String>> gates = gates(conf, reach, classifier);
        gates.keySet().stream()
                .filter(vertex -> Vertices.endsBackprop(conf.getVertices().get(vertex)))
                .forEach(
                        vertex ->
                                problems.add(
                                        "vertex \"%s\" behind the encoders %s must let gradients through, got a frozen one: nothing behind it would train them; unfreeze it"
                                                .formatted(vertex, gates.get(vertex))));
        Problems.throwAny(problems);
        Map<String, ProbePlan> probes =
                ProbePlans.of(conf, reach, gates, encoders.keySet(), settings.scores(), problems);
        Map<String, TokenPlan> trunk =
                settings.trunk() ? Trunk.of(conf, reach, problems) : Map.of();
        Problems.throwAny(problems);
        probes.forEach(
                (modality, plan) ->
                        encoders.get(modality).scorings().add(ProbePlans.scoring(plan)));
        return new Trace(
                encoders,
                gates,
                shared(reach, classifier, encoders),
                List.copyOf(probes.values()),
                trunk);
    }

    private static Set<String> classifier(
            ComputationGraphConfiguration conf, Reach reach, Heads heads, Boundaries boundaries) {
        Set<String> classifier = new LinkedHashSet<>();
        for (String vertex : reach.inOrder()) {
            boolean isVertex = conf.getVertices().containsKey(vertex);
            if (isVertex
                    && (reach.isFused(vertex)
                            || heads.vertices().contains(vertex)
                            || boundaries.first().contains(vertex)
                            || conf.getNetworkOutputs().contains(vertex)
                            || reach.inputsOf(vertex).stream().anyMatch(classifier::contains))) {
                classifier.add(vertex);
            }
        }
        return classifier;
    }

    /** Whether the score of every modality is read from a head, so that it has a gradient. */
    boolean readsHeads() {
        return encoders.values().stream()
                .flatMap(encoder -> encoder.readouts().stream())
                .allMatch(HeadReadout.class::isInstance);
    }

    private static Map<String, List<String>> shared(
            Reach reach, Set<String> classifier, Map<String, Encoder> encoders) {
        Set<String> needed = new HashSet<>();
        encoders.values().stream()
                .flatMap(encoder -> encoder.readouts().stream())
                .filter(ZeroOutReadout.class::isInstance)
                .forEach(readout -> addUpstream(readout.output(), reach, classifier, needed));
        Map<String, List<String>> shared = new LinkedHashMap<>();
        for (String vertex : reach.inOrder()) {
            if (needed.contains(vertex)) {
                List<String> owners = new ArrayList<>();
                for (String source : reach.inputsOf(vertex)) {
                    boolean inside = classifier.contains(source);
                    owners.add(inside ? null : reach.of(source).iterator().next());
                }
                shared.put(vertex, owners);
            }
        }
        return shared;
    }

    private static void addUpstream(
            String vertex, Reach reach, Set<String> classifier, Set<String> upstream) {
        if (classifier.contains(vertex) && upstream.add(vertex)) {
            reach.inputsOf(vertex)
                    .forEach(source -> addUpstream(source, reach, classifier, upstream));
        }
    }

    private static Map<String, List<String>> gates(
            ComputationGraphConfiguration conf, Reach reach, Set<String> classifier) {
        Map<String, List<String>> gates = new LinkedHashMap<>();
        for (String vertex : classifier) {
            List<String> inputs = reach.inputsOf(vertex);
            String[] modalities = new String[inputs.size()];
            for (int i = 0; i < modalities.length; i++) {
                String source = inputs.get(i);
                boolean encoder =
                        conf.getVertices().containsKey(source) && !classifier.contains(source);
                modalities[i] = encoder ? reach.of(source).iterator().next() : null;
            }
            if (Arrays.stream(modalities).anyMatch(modality -> modality != null)) {
                gates.put(vertex, Arrays.asList(modalities));
            }
        }
        return gates;
    }
}
