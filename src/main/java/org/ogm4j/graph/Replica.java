package org.ogm4j.graph;

import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
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
     * @return a new network; its updater state starts afresh where the updaters have changed size
     */
    public static ComputationGraph of(ComputationGraph graph, ComputationGraphConfiguration conf) {
        graph.init();
        ComputationGraph replica = new ComputationGraph(conf);
        replica.init(graph.params().dup(), false);
        INDArray state = graph.getUpdater().getStateViewArray();
        INDArray newState = replica.getUpdater().getStateViewArray();
        if (state != null && newState != null && state.length() == newState.length()) {
            newState.assign(state);
        }
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
