package org.ogm4j.evaluate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.plan.GateConf;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.score.Edge;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.Readout;
import org.ogm4j.tokens.ModalityReach;

/**
 * Which vertices two modalities or more reach. Which inputs are a modality's follows from where its
 * features enter the shared part: at gates, at the rows of a head, and in what zero-out runs.
 */
final class FusedOutputs {

    private final ComputationGraphConfiguration conf;
    private final Map<String, Set<String>> inputs = new LinkedHashMap<>();
    private final ModalityReach reach;

    FusedOutputs(ComputationGraphConfiguration conf, ModulationPlan plan) {
        this.conf = conf;
        for (ModalityPlan modality : plan.modalities()) {
            inputs.put(modality.name(), new LinkedHashSet<>());
            for (Readout readout : modality.readouts()) {
                if (readout instanceof HeadReadout head) {
                    head.ownEdges().forEach(edge -> addUpstream(edge, modality.name()));
                }
            }
        }
        for (Map.Entry<String, GateConf> gate : Rewrite.gatesOf(conf).entrySet()) {
            add(gate.getKey(), gate.getValue().modalities());
        }
        plan.shared().forEach(this::add);
        Map<String, String> owners = new HashMap<>();
        inputs.forEach((modality, own) -> own.forEach(input -> owners.put(input, modality)));
        reach = new ModalityReach(conf, owners);
    }

    private void add(String vertex, List<String> modalities) {
        for (int input = 0; input < modalities.size(); input++) {
            if (modalities.get(input) != null) {
                addUpstream(new Edge(vertex, input), modalities.get(input));
            }
        }
    }

    private void addUpstream(Edge edge, String modality) {
        String source = conf.getVertexInputs().get(edge.vertex()).get(edge.input());
        if (conf.getNetworkInputs().contains(source)) {
            inputs.get(modality).add(source);
            return;
        }
        for (int input = 0; input < conf.getVertexInputs().get(source).size(); input++) {
            addUpstream(new Edge(source, input), modality);
        }
    }

    /** Whether two modalities or more reach a vertex. */
    boolean contain(String vertex) {
        return reach.isFused(vertex);
    }
}
