package org.ogm4j.gate;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.host.Updaters;
import org.ogm4j.host.Vertices;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.OutputLoss;
import org.ogm4j.score.Readout;
import org.ogm4j.updater.HeadUpdater;
import org.ogm4j.updater.ModulatedUpdater;

/**
 * Finds what went missing where a network was edited after it was modulated, as by {@code
 * TransferLearning}: without it the network would train as if it were modulated, and not be.
 */
public final class EditChecks {

    private final ComputationGraphConfiguration conf;
    private final Set<String> checked = new HashSet<>();

    private EditChecks(ComputationGraphConfiguration conf) {
        this.conf = conf;
    }

    /**
     * Checks a network in its first backward pass.
     *
     * @throws IllegalStateException if a gate, the updater of an encoder, or what scores are read
     *     from is gone
     */
    static void check(ComputationGraph graph, ModulationPlan plan) {
        EditChecks checks = new EditChecks(graph.getConfiguration());
        Map<String, ModalityPlan> modalities =
                plan.modalities().stream()
                        .collect(Collectors.toMap(ModalityPlan::name, Function.identity()));
        for (String name : plan.gates()) {
            HasGate gated = gateOf(graph, name);
            List<String> inputs = checks.conf.getVertexInputs().get(name);
            for (int i = 0; i < inputs.size(); i++) {
                String modality = gated.gate().modalities().get(i);
                if (modality != null) {
                    checks.checkEncoder(inputs.get(i), modalities.get(modality));
                }
            }
        }
        checks.checkReadouts(plan, plan.momentCoefficient());
        plan.shared().forEach((name, owners) -> checks.checkShared(name, owners, plan.shared()));
    }

    /**
     * Checks a network whose modalities are only read.
     *
     * @param graph a modulated network
     * @param plan what it was modulated with
     * @throws IllegalStateException if a gate, or what scores are read from, is gone
     */
    public static void checkToRead(ComputationGraph graph, ModulationPlan plan) {
        plan.gates().forEach(name -> gateOf(graph, name));
        EditChecks checks = new EditChecks(graph.getConfiguration());
        checks.checkReadouts(plan, false);
        plan.shared().forEach((name, owners) -> checks.checkShared(name, owners, plan.shared()));
    }

    private static HasGate gateOf(ComputationGraph graph, String name) {
        if (graph.getVertex(name) instanceof HasGate gated) {
            return gated;
        }
        throw edited("gate at vertex \"%s\" must be in the network, got none".formatted(name));
    }

    private void checkEncoder(String name, ModalityPlan modality) {
        GraphVertex vertex = conf.getVertices().get(name);
        if (vertex == null || !checked.add(name)) {
            return; // a network input, or seen
        }
        Updaters.trained(vertex)
                .forEach((parameter, own) -> checkUpdater(name + "." + parameter, own, modality));
        conf.getVertexInputs().get(name).forEach(source -> checkEncoder(source, modality));
    }

    private static void checkUpdater(String parameter, IUpdater updater, ModalityPlan modality) {
        boolean kept =
                modality.inUpdaters()
                        ? updater instanceof ModulatedUpdater
                        : ModulatedUpdater.isLinear(updater);
        if (!kept) {
            String wanted = modality.inUpdaters() ? "a decorated one" : "Sgd or Nesterovs";
            throw edited(
                    "updater of %s (modality \"%s\") must be %s, got %s"
                            .formatted(parameter, modality.name(), wanted, kind(updater)));
        }
    }

    private void checkReadouts(ModulationPlan plan, boolean remembers) {
        List<String> outputs = conf.getNetworkOutputs();
        if (outputs.stream().allMatch(name -> OutputLoss.of(layerOf(name)) == null)) {
            return; // the network trains on errors from outside, and has no scores
        }
        for (ModalityPlan modality : plan.modalities()) {
            for (Readout readout : modality.readouts()) {
                if (!outputs.contains(readout.output())) {
                    throw edited(
                            "output \"%s\", whose labels scores are of, must be in the network, got %s"
                                    .formatted(readout.output(), outputs));
                }
                if (readout instanceof HeadReadout head) {
                    checkHead(head.head(), remembers);
                }
            }
        }
    }

    private void checkHead(String name, boolean remembers) {
        if (!(layerOf(name) instanceof FeedForwardLayer head)) {
            throw edited(
                    "head \"%s\", which scores are read from, must be in the network, got none"
                            .formatted(name));
        }
        boolean wanted = remembers && Updaters.isTrained(conf.getVertices().get(name));
        if (wanted && !(head.getIUpdater() instanceof HeadUpdater)) {
            throw edited(
                    "updater of head \"%s\" must be a decorated one, got %s"
                            .formatted(name, kind(head.getIUpdater())));
        }
    }

    private void checkShared(String name, List<String> owners, Map<String, List<String>> shared) {
        List<String> inputs = conf.getVertexInputs().getOrDefault(name, List.of());
        boolean same = inputs.size() == owners.size();
        for (int i = 0; same && i < inputs.size(); i++) {
            same = owners.get(i) != null || shared.containsKey(inputs.get(i));
        }
        if (!same) {
            throw edited(
                    "vertex \"%s\", which scores by zero-out run, must read what it did, got %s"
                            .formatted(name, inputs));
        }
    }

    private Layer layerOf(String name) {
        return Vertices.layerOf(conf.getVertices().get(name));
    }

    private static String kind(IUpdater updater) {
        return updater.getClass().getSimpleName();
    }

    private static IllegalStateException edited(String problem) {
        return new IllegalStateException(
                problem
                        + ": the network was edited after it was modulated; call strip, edit, modulate again");
    }
}
