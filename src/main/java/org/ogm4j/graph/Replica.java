package org.ogm4j.graph;

import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.ogm4j.Modulation;

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
        replica.init(graph.params().dup(), false);
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
     * What happened in the latest modulated step.
     *
     * @param graph a network
     * @return empty if there was none yet or the network is not modulated
     */
    public static Optional<Modulation> lastModulation(ComputationGraph graph) {
        return Optional.ofNullable(Modulator.of(graph)).map(Modulator::last);
    }
}
