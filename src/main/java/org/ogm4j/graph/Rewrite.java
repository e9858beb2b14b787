package org.ogm4j.graph;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Puts gates into a configuration and takes them out again: pure functions, the argument stays as
 * it is.
 */
public final class Rewrite {

    private Rewrite() {}

    /**
     * Puts gates in. Names, order and parameters of all vertices stay as they are: a gate is part
     * of the vertex behind it.
     *
     * @param conf the network
     * @param settings what the user asked for
     * @return a modulated copy
     * @throws IllegalStateException if the network is modulated already
     * @throws IllegalArgumentException with all problems found, if the network cannot be modulated
     */
    public static ComputationGraphConfiguration modulate(
            ComputationGraphConfiguration conf, ModulationSettings settings) {
        if (isModulated(conf)) {
            throw new IllegalStateException(
                    "network must not be modulated yet, got one that is: to change the settings, call ModulatedOptimizer.strip first");
        }
        Trace trace = Trace.of(conf, settings);
        List<ModalityPlan> modalities =
                trace.encoders().entrySet().stream()
                        .map(
                                encoder ->
                                        new ModalityPlan(
                                                encoder.getKey(), encoder.getValue().readouts()))
                        .toList();
        ModulationPlan plan =
                new ModulationPlan(
                        modalities,
                        List.copyOf(trace.gates().keySet()),
                        settings.rule(),
                        settings.noise(),
                        settings.firstEpoch(),
                        settings.lastEpoch(),
                        settings.seed());
        ComputationGraphConfiguration modulated = copyOf(conf);
        trace.gates()
                .forEach(
                        (name, inputs) ->
                                modulated
                                        .getVertices()
                                        .computeIfPresent(
                                                name,
                                                (n, vertex) ->
                                                        gated(vertex, new Gate(plan, inputs))));
        if (settings.updater() != null) {
            modulated
                    .getVertices()
                    .values()
                    .forEach(vertex -> setUpdater(vertex, settings.updater()));
        }
        return modulated;
    }

    /**
     * Takes all gates out.
     *
     * @param conf a network, modulated or not
     * @return a plain copy without any class of this library
     */
    public static ComputationGraphConfiguration strip(ComputationGraphConfiguration conf) {
        ComputationGraphConfiguration plain = copyOf(conf);
        plain.getVertices().replaceAll((name, vertex) -> ungated(vertex));
        return plain;
    }

    /**
     * Whether a configuration has gates.
     *
     * @param conf a network
     * @return whether it is modulated
     */
    public static boolean isModulated(ComputationGraphConfiguration conf) {
        return conf.getVertices().values().stream()
                .anyMatch(
                        vertex ->
                                vertex instanceof GatedVertex
                                        || vertex instanceof GatedLayerVertex);
    }

    private static GraphVertex gated(GraphVertex vertex, Gate gate) {
        return vertex instanceof LayerVertex layer
                ? new GatedLayerVertex(layer.getLayerConf(), layer.getPreProcessor(), gate)
                : new GatedVertex(vertex, gate);
    }

    private static GraphVertex ungated(GraphVertex vertex) {
        if (vertex instanceof GatedLayerVertex layer) {
            return new LayerVertex(layer.getLayerConf(), layer.getPreProcessor());
        }
        return vertex instanceof GatedVertex gated ? gated.underlying() : vertex;
    }

    /**
     * A deep copy that also keeps what DL4J's own clone forgets: the counters, and the axis of a
     * merge.
     */
    private static ComputationGraphConfiguration copyOf(ComputationGraphConfiguration conf) {
        ComputationGraphConfiguration copy = conf.clone();
        for (Map.Entry<String, GraphVertex> vertex : conf.getVertices().entrySet()) {
            copy.getVertices().put(vertex.getKey(), copyOf(vertex.getValue()));
        }
        copy.setIterationCount(conf.getIterationCount());
        copy.setEpochCount(conf.getEpochCount());
        return copy;
    }

    static GraphVertex copyOf(GraphVertex vertex) {
        GraphVertex copy = vertex.clone();
        if (vertex instanceof MergeVertex merge) {
            ((MergeVertex) copy).setMergeAxis(merge.getMergeAxis());
        }
        return copy;
    }

    private static void setUpdater(GraphVertex vertex, IUpdater updater) {
        if (vertex instanceof GatedVertex gated) {
            setUpdater(gated.underlying(), updater);
        } else if (vertex instanceof SameDiffVertex sameDiff) {
            sameDiff.setUpdater(updater.clone());
            sameDiff.setBiasUpdater(null);
        } else if (!Vertices.isFrozen(vertex)) {
            setUpdater(Vertices.layerOf(vertex), updater);
        }
    }

    private static void setUpdater(Layer layer, IUpdater updater) {
        if (layer instanceof BaseWrapperLayer wrapper) {
            setUpdater(wrapper.getUnderlying(), updater);
        } else if (layer instanceof Bidirectional both) {
            setUpdater(both.getFwd(), updater);
            setUpdater(both.getBwd(), updater);
        } else if (layer instanceof BaseLayer base) {
            base.setIUpdater(updater.clone());
            base.setBiasUpdater(null);
        } else if (layer instanceof AbstractSameDiffLayer sameDiff) {
            sameDiff.setUpdater(updater.clone());
            sameDiff.setBiasUpdater(null);
        }
    }
}
