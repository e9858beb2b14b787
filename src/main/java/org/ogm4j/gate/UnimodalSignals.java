package org.ogm4j.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.host.Bystander;
import org.ogm4j.host.Finite;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.score.Edge;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.Readout;
import org.ogm4j.score.Truth;
import org.ogm4j.score.UnimodalErrors;
import org.ogm4j.teacher.Teacher;
import org.ogm4j.teacher.TeacherSignals;
import org.ogm4j.zeroout.OwnLoss;

/**
 * What each modality's own loss and its teacher say at the gates of a running network, step by
 * step.
 */
final class UnimodalSignals {

    private final ComputationGraph graph;
    private final ComputationGraphConfiguration conf;
    private final ModulationPlan plan;
    private final Map<String, UnimodalSignal> signals = new HashMap<>();
    private final Map<String, OwnLoss> probes = new HashMap<>();
    private final Map<Edge, Edge> gateOfProbe = new HashMap<>();
    private final Set<Edge> covered = new HashSet<>();
    private final Map<Edge, Boolean> cut = new HashMap<>();
    private final Map<String, List<String>> shared = new LinkedHashMap<>();
    private OwnLoss zeroOut;
    private final Map<Edge, INDArray> errors = new HashMap<>();
    private final Map<Edge, INDArray> held = new HashMap<>();
    private final Map<String, TeacherSignals> teachers = new HashMap<>();
    private final Map<Edge, INDArray> taught = new HashMap<>();
    private final Map<Edge, INDArray> heldTaught = new HashMap<>();

    /** Finds the edges that each modality's own loss depends on. */
    UnimodalSignals(ComputationGraph graph, ModulationPlan plan) {
        this.graph = graph;
        this.conf = graph.getConfiguration();
        this.plan = plan;
        for (ModalityPlan modality : plan.modalities()) {
            if (modality.signal().active()) {
                signals.put(modality.name(), modality.signal());
            }
            if (modality.signal().active() || modality.distillsLogits()) {
                modality.readouts().forEach(readout -> cover(modality.name(), readout));
            }
            if (modality.distillation() != null) {
                teachers.put(modality.name(), new TeacherSignals(graph, plan, modality));
            }
        }
    }

    private void cover(String modality, Readout readout) {
        if (!(readout instanceof HeadReadout head)) {
            if (zeroOut == null) {
                Set<String> outputs = plan.zeroOutputs().keySet();
                shared.putAll(plan.shared());
                outputs.forEach(this::addPathTo);
                zeroOut = new OwnLoss(graph, shared, outputs);
            }
            coverUpstream(readout.output(), modality);
        } else if (graph.getVertex(head.head()) instanceof Bystander) {
            coverProbe(modality, head.head());
        } else {
            covered.addAll(head.ownEdges());
        }
    }

    /** From the logits to a loss layer that reads what another layer makes of them. */
    private void addPathTo(String vertex) {
        if (!shared.containsKey(vertex)) {
            List<String> sources = conf.getVertexInputs().get(vertex);
            sources.forEach(this::addPathTo);
            shared.put(vertex, Collections.nCopies(sources.size(), null));
        }
    }

    private void coverUpstream(String vertex, String modality) {
        List<String> owners = shared.get(vertex);
        for (int input = 0; input < owners.size(); input++) {
            if (modality.equals(owners.get(input))) {
                covered.add(new Edge(vertex, input));
            } else if (owners.get(input) == null) {
                coverUpstream(conf.getVertexInputs().get(vertex).get(input), modality);
            }
        }
    }

    /** A probe's signal goes to the first gate that its source feeds. */
    private void coverProbe(String modality, String classifier) {
        List<String> chain = new ArrayList<>();
        String source = classifier;
        while (graph.getVertex(source) instanceof Bystander) {
            chain.add(0, source);
            source = conf.getVertexInputs().get(source).get(0);
        }
        Map<String, List<String>> owners = new LinkedHashMap<>();
        for (String name : chain) {
            owners.put(name, new ArrayList<>());
            owners.get(name).add(owners.size() == 1 ? modality : null);
        }
        probes.put(classifier, new OwnLoss(graph, owners, Set.of(classifier)));
        for (String gate : plan.gates()) {
            int input = conf.getVertexInputs().get(gate).indexOf(source);
            if (input >= 0) {
                Edge first = new Edge(gate, input);
                gateOfProbe.put(new Edge(chain.get(0), 0), first);
                covered.add(first);
                return;
            }
        }
    }

    /**
     * Computes the signals of the present step.
     *
     * @param truths the labels of the batch, by output
     * @return why they cannot be used; null if they can
     */
    String compute(Map<String, Truth> truths) {
        errors.clear();
        taught.clear();
        for (ModalityPlan modality : plan.modalities()) {
            String problem = null;
            if (modality.signal().active()) {
                problem = hold(own(modality, truths), errors, held, "own loss", modality.name());
            }
            if (problem == null && modality.distillation() != null) {
                Map<Edge, INDArray> signals = taught(modality, truths);
                problem = hold(signals, taught, heldTaught, "teacher", modality.name());
            }
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    /** e_u at the gates, as the labels or what takes their place have it. */
    private Map<Edge, INDArray> own(ModalityPlan modality, Map<String, Truth> truths) {
        Map<Edge, INDArray> own = new LinkedHashMap<>();
        UnimodalErrors.of(graph, truths, modality.name(), modality.readouts(), zeroOut, probes)
                .forEach((edge, error) -> own.put(gateOfProbe.getOrDefault(edge, edge), error));
        return own;
    }

    /** e_t at the gates. */
    private Map<Edge, INDArray> taught(ModalityPlan modality, Map<String, Truth> truths) {
        TeacherSignals teacher = teachers.get(modality.name());
        Map<String, Teacher.Lesson> lessons = teacher.lessons();
        Map<Edge, INDArray> signals = teacher.ofFeatures(lessons);
        if (modality.distillsLogits()) {
            double mu = modality.distillation().logits();
            own(modality, teacher.truths(truths, lessons))
                    .forEach(
                            (edge, error) ->
                                    signals.merge(edge, error.mul(mu), UnimodalErrors::sum));
        }
        return signals;
    }

    /** In arrays of their own, since other gates read them later in the step. */
    private static String hold(
            Map<Edge, INDArray> signals,
            Map<Edge, INDArray> present,
            Map<Edge, INDArray> arrays,
            String what,
            String modality) {
        for (Map.Entry<Edge, INDArray> signal : signals.entrySet()) {
            INDArray error = signal.getValue();
            if (!Finite.is(error)) {
                return "the gradient of the %s of modality \"%s\" is not finite"
                        .formatted(what, modality);
            }
            INDArray old = arrays.get(signal.getKey());
            boolean fits =
                    old != null
                            && old.dataType() == error.dataType()
                            && Arrays.equals(old.shape(), error.shape());
            if (fits) {
                old.assign(error);
            } else {
                arrays.put(signal.getKey(), error.detach());
            }
            present.put(signal.getKey(), arrays.get(signal.getKey()));
        }
        return null;
    }

    /**
     * What becomes of the joint error signal of an edge.
     *
     * @param modality whose edge it is
     * @return null if it stays what it is without a unimodal signal
     */
    Combination at(Edge edge, String modality) {
        UnimodalSignal signal = signals.getOrDefault(modality, UnimodalSignal.none());
        INDArray fromTeacher = taught.get(edge);
        if (signal.active() && covered.contains(edge)) {
            return new Combination(signal, errors.get(edge), fromTeacher);
        }
        boolean cuts =
                signal.kind() == UnimodalSignal.Kind.REPLACE
                        && cut.computeIfAbsent(edge, e -> !isUnimodal(e.vertex(), modality));
        if (cuts) {
            return new Combination(signal, null, fromTeacher);
        }
        if (fromTeacher == null) {
            return null;
        }
        boolean replaces = signal.kind() == UnimodalSignal.Kind.REPLACE;
        return new Combination(replaces ? UnimodalSignal.none() : signal, null, fromTeacher);
    }

    /** Whether a vertex leads only to outputs that no other modality reaches. */
    private boolean isUnimodal(String vertex, String modality) {
        Set<String> inputs = new HashSet<>();
        for (String gate : plan.gates()) {
            List<String> owners = ((HasGate) graph.getVertex(gate)).gate().modalities();
            for (int input = 0; input < owners.size(); input++) {
                if (modality.equals(owners.get(input))) {
                    upstream(conf.getVertexInputs().get(gate).get(input), inputs);
                }
            }
        }
        inputs.retainAll(conf.getNetworkInputs());
        return conf.getNetworkOutputs().stream()
                .map(output -> upstream(output, new HashSet<>()))
                .filter(upstream -> upstream.contains(vertex))
                .flatMap(Set::stream)
                .allMatch(name -> inputs.contains(name) || !conf.getNetworkInputs().contains(name));
    }

    private Set<String> upstream(String vertex, Set<String> found) {
        if (found.add(vertex)) {
            conf.getVertexInputs()
                    .getOrDefault(vertex, List.of())
                    .forEach(source -> upstream(source, found));
        }
        return found;
    }
}
