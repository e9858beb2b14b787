package org.ogm4j.trace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.ogm4j.Distillation;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.UnimodalSignal.Kind;
import org.ogm4j.host.Vertices;
import org.ogm4j.score.Edge;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.Readout;
import org.ogm4j.score.ZeroOutReadout;

/** Whether the own loss of each modality has a gradient at its gates, where one is asked for. */
final class SignalChecks {

    private final Inspection inspection;
    private final NetworkParts parts;

    private SignalChecks(Inspection inspection, NetworkParts parts) {
        this.inspection = inspection;
        this.parts = parts;
    }

    /** Adds what stands in the way to the problems of the inspection. */
    static void check(Inspection inspection, NetworkParts parts) {
        for (String modality : inspection.settings().signals().keySet()) {
            if (!inspection.modalities().contains(modality)) {
                inspection.problem(
                        "unimodal must name one of the modalities %s, got \"%s\"",
                        inspection.modalities(), modality);
            }
        }
        SignalChecks checks = new SignalChecks(inspection, parts);
        Set<String> zeroOut = new HashSet<>();
        for (Map.Entry<String, NetworkParts.Encoder> encoder : parts.encoders().entrySet()) {
            String modality = encoder.getKey();
            UnimodalSignal signal = inspection.settings().signalOf(modality);
            Distillation distillation = inspection.settings().distillationOf(modality);
            if (signal.active() || (distillation != null && distillation.logits() > 0)) {
                checks.check(modality, encoder.getValue().readouts(), signal, zeroOut);
            }
            if (distillation != null && distillation.features() > 0) {
                checks.checkFeatures(modality, signal);
            }
        }
        for (String vertex : parts.shared().keySet()) {
            if (zeroOut.contains(vertex)) {
                String cannot = withoutGradient(Vertices.layersOf(inspection.vertex(vertex)));
                if (cannot != null) {
                    inspection.problem(
                            "unimodal signal by zero-out must find layers that do at inference what they do in training, got %s in \"%s\": use score(ScoreSource.probe())",
                            cannot, vertex);
                }
            }
        }
    }

    private void check(
            String modality, List<Readout> readouts, UnimodalSignal signal, Set<String> zeroOut) {
        List<Edge> edges = gateEdges(modality);
        boolean covered = false;
        for (Readout readout : readouts) {
            if (readout instanceof ZeroOutReadout own) {
                addUpstream(own.logits(), zeroOut);
                covered = true;
            } else if (readout instanceof HeadReadout head) {
                covered |= head.ownEdges().stream().anyMatch(edges::contains);
            }
        }
        for (ProbePlan probe : parts.probes()) {
            if (readouts.contains(probe.scoring().readout())) {
                checkProbe(modality, probe, edges, signal);
                covered = true;
            }
        }
        if (!covered) {
            inspection.problem(
                    "unimodal signal of modality \"%s\" must reach a gate of its encoder, got heads that read it downstream of its end: leave encoder(\"%s\", ...) out, or use score(\"%s\", ScoreSource.zeroOut()) or probe()",
                    modality, modality, modality);
        }
    }

    private void checkProbe(
            String modality, ProbePlan probe, List<Edge> edges, UnimodalSignal signal) {
        List<Edge> fed = new ArrayList<>(edges);
        fed.removeIf(edge -> !sourceOf(edge).equals(probe.source()));
        if (fed.isEmpty()) {
            inspection.problem(
                    "probe of modality \"%s\" must read an end of the encoder for a unimodal signal, got \"%s\"; known are %s: leave at(...) out, or name one of these",
                    modality,
                    probe.source(),
                    edges.stream().map(this::sourceOf).distinct().toList());
        } else if (fed.size() > 1
                && (signal.kind() == Kind.PARETO || signal.kind() == Kind.PROJECT)) {
            inspection.problem(
                    "unimodal signal of modality \"%s\" must be sum or replace where the vertex of its probe, \"%s\", feeds %d gates, got %s: the joint signal is in parts there; use UnimodalSignal.sum(1), or score(\"%s\", ScoreSource.zeroOut())",
                    modality, probe.source(), fed.size(), signal, modality);
        }
        String cannot = withoutGradient(probe.layers());
        if (cannot != null) {
            inspection.problem(
                    "layers of the probe of modality \"%s\" must do at inference what they do in training for a unimodal signal, got %s: leave it out of through(...)",
                    modality, cannot);
        }
    }

    /** A teacher's features send their signal through the first gate that they lead to. */
    private void checkFeatures(String modality, UnimodalSignal signal) {
        List<String> sources = gateEdges(modality).stream().map(this::sourceOf).toList();
        boolean once = Set.copyOf(sources).size() == sources.size();
        if (!once && (signal.kind() == Kind.PARETO || signal.kind() == Kind.PROJECT)) {
            inspection.problem(
                    "unimodal signal of modality \"%s\" must be none, sum or replace with a teacher of features where an end of the encoder feeds several gates, got %s at %s: the joint signal is in parts there",
                    modality, signal, sources);
        }
    }

    /** The kind of a layer whose pass without randomness and batch statistics has no gradient. */
    private static String withoutGradient(List<Layer> layers) {
        for (Layer layer : layers) {
            boolean random =
                    layer instanceof BaseLayer base
                            && base.getActivationFn() instanceof ActivationRReLU;
            if (random || layer instanceof BatchNormalization) {
                return random ? "activation RRELU" : "BatchNormalization";
            }
        }
        return null;
    }

    private List<Edge> gateEdges(String modality) {
        List<Edge> edges = new ArrayList<>();
        for (Map.Entry<String, List<String>> gate : parts.gates().entrySet()) {
            for (int input = 0; input < gate.getValue().size(); input++) {
                if (modality.equals(gate.getValue().get(input))) {
                    edges.add(new Edge(gate.getKey(), input));
                }
            }
        }
        return edges;
    }

    private String sourceOf(Edge edge) {
        return inspection.reach().inputsOf(edge.vertex()).get(edge.input());
    }

    private void addUpstream(String vertex, Set<String> found) {
        if (parts.shared().containsKey(vertex) && found.add(vertex)) {
            inspection.reach().inputsOf(vertex).forEach(source -> addUpstream(source, found));
        }
    }
}
