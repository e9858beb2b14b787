package org.ogm4j.rewrite;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.Modulation;
import org.ogm4j.gate.Modulator;
import org.ogm4j.host.RandomState;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;

/**
 * Running networks: the same one under another configuration, and what the gates of one did last.
 */
public final class Replica {

    private Replica() {}

    /**
     * A network with the parameters, updater state, counters and listeners of another.
     *
     * @param graph the network to take them from; it stays as it is
     * @param conf the new network's configuration, of the same vertices
     * @return a new network; the state of a parameter whose updater is of another kind starts
     *     afresh
     */
    public static ComputationGraph of(ComputationGraph graph, ComputationGraphConfiguration conf) {
        graph.init();
        ComputationGraph replica = new ComputationGraph(conf);
        Set<String> vertices = graph.getConfiguration().getVertices().keySet();
        if (conf.getVertices().keySet().equals(vertices)) {
            replica.init(graph.params().dup(), false);
        } else {
            copyByName(graph, replica);
        }
        UpdaterState.copy(graph, replica);
        for (var vertex : graph.getVertices()) {
            if (vertex.hasLayer() && vertex.getLayer() instanceof FrozenLayer) {
                replica.getVertex(vertex.getVertexName()).setLayerAsFrozen();
            }
        }
        replica.setListeners(graph.getListeners());
        return replica;
    }

    /**
     * With probes or teachers in one of the two: they bring their own, and ND4J's random stream
     * goes on.
     */
    private static void copyByName(ComputationGraph graph, ComputationGraph replica) {
        RandomState before = RandomState.now();
        replica.init();
        before.restore();
        Map<String, INDArray> parameters = graph.paramTable();
        replica.paramTable()
                .forEach(
                        (name, array) -> {
                            if (parameters.containsKey(name)) {
                                array.assign(parameters.get(name));
                            }
                        });
    }

    /**
     * What happened in the latest modulated step.
     *
     * @param graph a network
     * @return empty if there was none yet or the network is not modulated
     */
    public static Optional<Modulation> lastModulation(ComputationGraph graph) {
        return Optional.ofNullable(Modulator.of(graph)).map(Modulator::last);
    }

    /**
     * What a network's modalities are called.
     *
     * @param graph a network
     * @return empty if it is not modulated
     */
    public static List<String> modalities(ComputationGraph graph) {
        ModulationPlan plan = Modulator.planOf(graph);
        return plan == null
                ? List.of()
                : plan.modalities().stream().map(ModalityPlan::name).toList();
    }
}
