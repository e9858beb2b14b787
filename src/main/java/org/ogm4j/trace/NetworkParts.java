package org.ogm4j.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.BalanceRule;
import org.ogm4j.drop.DropEdges;
import org.ogm4j.host.Vertices;
import org.ogm4j.score.Edge;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.OutputLoss;
import org.ogm4j.score.Readout;
import org.ogm4j.score.ZeroOutReadout;
import org.ogm4j.teacher.GivenTeacher;
import org.ogm4j.teacher.Student;
import org.ogm4j.teacher.TeacherVertex;
import org.ogm4j.teacher.Teachers;
import org.ogm4j.tokens.ModalityReach;
import org.ogm4j.tokens.TokenPlan;

/**
 * Which vertices are whose encoder, where the gates go, and where scores come from.
 *
 * <p>A vertex that one modality alone reaches is of its encoder, unless it is a head, an output, a
 * layer of the fusion, or comes downstream of one of these: all that is the classifier. Gates sit
 * on the edges from encoders into the classifier.
 *
 * @param encoders the encoder of each modality
 * @param gates for each vertex of the classifier that reads an encoder, the modality of each of its
 *     inputs, null for one that is not an encoder's
 * @param shared the vertices that scores by zero-out run, in the order that data flows: for each of
 *     their inputs the modality that it comes from, null for one from among them
 * @param probes to be added, so that they give the logits of their modality
 * @param teachers to be added, by modality
 * @param trunk layers that are modulated token by token, and whose tokens they work on
 * @param drop for each modality where its features enter the fusion, if they are to be dropped
 * @param notes what a user should know, one sentence each
 */
public record NetworkParts(
        Map<String, Encoder> encoders,
        Map<String, List<String>> gates,
        Map<String, List<String>> shared,
        List<ProbePlan> probes,
        Map<String, TeacherVertex> teachers,
        Map<String, TokenPlan> trunk,
        Map<String, List<Edge>> drop,
        List<String> notes) {

    /**
     * How a modality is scored at one output, and why so.
     *
     * @param readout where its logits come from
     * @param why for people to read
     */
    public record Scoring(Readout readout, String why) {}

    /**
     * What the updaters of an encoder are, NoOp aside.
     *
     * @param kinds the simple names of their classes
     * @param decorated whether they are decorated, and the coefficient acts in them; else it acts
     *     on the error signal
     * @param variant whether one of them becomes the Adam variant
     */
    public record EncoderUpdaters(Set<String> kinds, boolean decorated, boolean variant) {}

    /**
     * What belongs to one modality.
     *
     * @param inputs its network inputs
     * @param vertices the vertices of its encoder, in the order that data flows
     * @param scorings where its logits come from
     * @param updaters what its updaters are
     */
    public record Encoder(
            List<String> inputs,
            List<String> vertices,
            List<Scoring> scorings,
            EncoderUpdaters updaters) {

        public List<Readout> readouts() {
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
    public static NetworkParts of(ComputationGraphConfiguration conf, ModulationSettings settings) {
        return of(conf, settings, true);
    }

    /**
     * Traces a network that is only read: what training alone asks of it is not asked.
     *
     * @throws IllegalArgumentException with all problems found, if a modality cannot be read
     */
    public static NetworkParts toRead(
            ComputationGraphConfiguration conf, ModulationSettings settings) {
        return of(conf, settings, false);
    }

    private static NetworkParts of(
            ComputationGraphConfiguration conf, ModulationSettings settings, boolean trains) {
        Inspection inspection = new Inspection(conf, settings);
        ModalityReach reach = inspection.reach();
        ReadoutFinder.Found found = ReadoutFinder.find(inspection);
        Set<String> classifier = classifier(conf, reach, found, Boundaries.find(inspection));
        Map<String, Encoder> encoders = new LinkedHashMap<>();
        for (String modality : inspection.modalities()) {
            List<String> vertices = new ArrayList<>(reach.verticesOf(modality));
            vertices.removeAll(classifier);
            encoders.put(
                    modality,
                    new Encoder(
                            inspection.inputsOf(modality),
                            vertices,
                            found.scorings().get(modality),
                            trains
                                    ? EncoderChecks.check(inspection, modality, vertices)
                                    : new EncoderUpdaters(Set.of(), false, false)));
        }
        ConstantScores.check(inspection, shared(reach, classifier, encoders), found.scorings());
        Map<String, List<String>> gates = gates(conf, reach, classifier);
        if (trains) {
            checkGates(inspection, gates);
        }
        inspection.throwAny();
        Map<String, ProbePlan> probes = ProbePlans.of(inspection, gates);
        Map<String, TokenPlan> trunk = settings.trunk() ? Trunk.of(inspection) : Map.of();
        Map<String, List<Edge>> drop =
                settings.drop().active()
                        ? drop(inspection, classifier, gates, found, probes)
                        : Map.of();
        inspection.throwAny();
        probes.forEach((name, plan) -> encoders.get(name).scorings().add(plan.scoring()));
        NetworkParts parts =
                new NetworkParts(
                        encoders,
                        gates,
                        shared(reach, classifier, encoders),
                        List.copyOf(probes.values()),
                        new LinkedHashMap<>(),
                        trunk,
                        drop,
                        inspection.notes());
        SignalChecks.check(inspection, parts);
        parts.checkRule(inspection);
        parts.addTeachers(inspection);
        inspection.throwAny();
        return parts;
    }

    private static Map<String, List<Edge>> drop(
            Inspection inspection,
            Set<String> classifier,
            Map<String, List<String>> gates,
            ReadoutFinder.Found found,
            Map<String, ProbePlan> probes) {
        DropEdges drop = new DropEdges(inspection.conf(), inspection.reach(), classifier, gates);
        for (String modality : inspection.modalities()) {
            ProbePlan probe = probes.get(modality);
            List<Readout> readouts =
                    found.scorings().get(modality).stream().map(Scoring::readout).toList();
            drop.checkScores(modality, readouts, probe == null ? null : probe.source());
        }
        drop.problems().forEach(problem -> inspection.problem("%s", problem));
        return drop.edges();
    }

    /** Whether there is what the rule needs. */
    private void checkRule(Inspection inspection) {
        BalanceRule rule = inspection.settings().rule();
        if (rule instanceof BalanceRule.WeakestFirst stages
                && stages.epochs() == 0
                && inspection.settings().lastEpoch() == Integer.MAX_VALUE) {
            inspection.problem(
                    "window must have an end for the rule %s, which takes a part of it, got none: give one with epochs(first, last), or use weakestFirst(part, epochs)",
                    rule);
        }
        if (!rule.needs().contains(BalanceRule.Need.ENTROPIES)) {
            return;
        }
        for (Map.Entry<String, Encoder> encoder : encoders.entrySet()) {
            boolean any = false;
            for (Readout readout : encoder.getValue().readouts()) {
                OutputLoss loss = OutputLoss.of(inspection.layerOf(readout.output()));
                any |= loss.judging(readout.activation()).hasEntropy();
            }
            if (!any) {
                inspection.problem(
                        "modality \"%s\" must have an output of probabilities (softmax with cross-entropy, or XENT) for a rule that needs entropies, got none: use another rule, or a record of your own whose needs() leaves ENTROPIES out, instead of %s",
                        encoder.getKey(), rule);
            }
        }
    }

    private void addTeachers(Inspection inspection) {
        for (Map.Entry<String, GivenTeacher> given : inspection.settings().teachers().entrySet()) {
            String modality = given.getKey();
            Encoder encoder = encoders.get(modality);
            if (encoder == null) {
                inspection.problem(
                        "teacher must be of one of the modalities %s, got \"%s\"",
                        inspection.modalities(), modality);
                continue;
            }
            Set<String> outputs = new LinkedHashSet<>();
            encoder.readouts().forEach(readout -> outputs.add(readout.output()));
            Student student =
                    new Student(
                            inspection.conf(),
                            modality,
                            encoder.inputs(),
                            endsOf(modality, inspection.conf()),
                            outputs);
            List<String> problems = new ArrayList<>();
            Teachers.of(given.getValue(), student, problems)
                    .ifPresent(vertex -> teachers.put(modality, vertex));
            problems.forEach(problem -> inspection.problem("%s", problem));
        }
    }

    /**
     * The vertices that the encoder of a modality ends with: those that gates read.
     *
     * @param conf the network
     * @return each once, in the order of the gates
     */
    public List<String> endsOf(String modality, ComputationGraphConfiguration conf) {
        Set<String> ends = new LinkedHashSet<>();
        for (Map.Entry<String, List<String>> gate : gates.entrySet()) {
            for (int input = 0; input < gate.getValue().size(); input++) {
                if (modality.equals(gate.getValue().get(input))) {
                    ends.add(conf.getVertexInputs().get(gate.getKey()).get(input));
                }
            }
        }
        return List.copyOf(ends);
    }

    private static void checkGates(Inspection inspection, Map<String, List<String>> gates) {
        for (Map.Entry<String, List<String>> gate : gates.entrySet()) {
            if (Vertices.endsBackprop(inspection.vertex(gate.getKey()))) {
                inspection.problem(
                        "vertex \"%s\" downstream of the encoders %s must let gradients through, got a frozen one: nothing upstream of it would train; unfreeze it",
                        gate.getKey(), gate.getValue());
            }
        }
    }

    private static Set<String> classifier(
            ComputationGraphConfiguration conf,
            ModalityReach reach,
            ReadoutFinder.Found found,
            Set<String> boundaries) {
        Set<String> classifier = new LinkedHashSet<>();
        for (String vertex : reach.inOrder()) {
            if (conf.getVertices().containsKey(vertex)
                    && (reach.isFused(vertex)
                            || found.heads().contains(vertex)
                            || boundaries.contains(vertex)
                            || conf.getNetworkOutputs().contains(vertex)
                            || reach.inputsOf(vertex).stream().anyMatch(classifier::contains))) {
                classifier.add(vertex);
            }
        }
        return classifier;
    }

    /** Whether the score of every modality is read from a head, so that it has a gradient. */
    public boolean readsHeads() {
        return encoders.values().stream()
                .flatMap(encoder -> encoder.readouts().stream())
                .allMatch(HeadReadout.class::isInstance);
    }

    private static Map<String, List<String>> shared(
            ModalityReach reach, Set<String> classifier, Map<String, Encoder> encoders) {
        Set<String> needed = new HashSet<>();
        encoders.values().stream()
                .flatMap(encoder -> encoder.readouts().stream())
                .filter(ZeroOutReadout.class::isInstance)
                .map(readout -> ((ZeroOutReadout) readout).logits())
                .forEach(logits -> addUpstream(logits, reach, classifier, needed));
        Map<String, List<String>> shared = new LinkedHashMap<>();
        for (String vertex : reach.inOrder()) {
            if (needed.contains(vertex)) {
                List<String> owners = new ArrayList<>();
                for (String source : reach.inputsOf(vertex)) {
                    boolean inside = classifier.contains(source);
                    owners.add(inside ? null : reach.modalitiesOf(source).iterator().next());
                }
                shared.put(vertex, owners);
            }
        }
        return shared;
    }

    private static void addUpstream(
            String vertex, ModalityReach reach, Set<String> classifier, Set<String> upstream) {
        if (classifier.contains(vertex) && upstream.add(vertex)) {
            reach.inputsOf(vertex)
                    .forEach(source -> addUpstream(source, reach, classifier, upstream));
        }
    }

    private static Map<String, List<String>> gates(
            ComputationGraphConfiguration conf, ModalityReach reach, Set<String> classifier) {
        Map<String, List<String>> gates = new LinkedHashMap<>();
        for (String vertex : classifier) {
            List<String> inputs = reach.inputsOf(vertex);
            String[] modalities = new String[inputs.size()];
            for (int i = 0; i < modalities.length; i++) {
                String source = inputs.get(i);
                boolean encoder =
                        conf.getVertices().containsKey(source) && !classifier.contains(source);
                modalities[i] = encoder ? reach.modalitiesOf(source).iterator().next() : null;
            }
            if (Arrays.stream(modalities).anyMatch(modality -> modality != null)) {
                gates.put(vertex, Arrays.asList(modalities));
            }
        }
        return gates;
    }
}
