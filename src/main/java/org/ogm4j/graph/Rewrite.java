package org.ogm4j.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.score.VertexCopy;
import org.ogm4j.updater.ModulatedUpdater;

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
        List<ModalityPlan> modalities = new ArrayList<>();
        trace.encoders()
                .forEach(
                        (name, encoder) ->
                                modalities.add(
                                        new ModalityPlan(
                                                name,
                                                encoder.readouts(),
                                                encoder.updaters().decorated())));
        boolean momentCoefficient =
                settings.adam().momentCoefficient()
                        && trace.readsHeads()
                        && trace.encoders().values().stream()
                                .anyMatch(encoder -> encoder.updaters().variant());
        Map<String, List<String>> gates = new LinkedHashMap<>(trace.gates());
        trace.trunk().keySet().forEach(name -> gates.putIfAbsent(name, noModality(conf, name)));
        ModulationPlan plan =
                new ModulationPlan(
                        ModulationPlan.VERSION,
                        modalities,
                        List.copyOf(gates.keySet()),
                        settings.rule(),
                        settings.noiseAtGates(),
                        settings.firstEpoch(),
                        settings.lastEpoch(),
                        settings.seed(),
                        trace.shared(),
                        settings.scores().every(),
                        momentCoefficient);
        ComputationGraphConfiguration modulated = copyOf(conf);
        gates.forEach(
                (name, inputs) -> {
                    Gate gate = new Gate(plan, inputs, trace.trunk().get(name), null);
                    modulated.getVertices().computeIfPresent(name, (n, v) -> gated(v, gate));
                });
        trace.probes().forEach(probe -> Probes.add(modulated, probe));
        if (settings.updater() != null) {
            modulated
                    .getVertices()
                    .values()
                    .forEach(vertex -> Updaters.replace(vertex, own -> settings.updater().clone()));
        }
        trace.encoders().forEach((name, encoder) -> decorate(modulated, name, encoder, settings));
        if (momentCoefficient) {
            HeadMemories.add(modulated, trace.encoders());
        }
        return modulated;
    }

    /**
     * Takes all gates and probes out.
     *
     * @param conf a network, modulated or not
     * @return a plain copy without any class of this library
     */
    public static ComputationGraphConfiguration strip(ComputationGraphConfiguration conf) {
        ComputationGraphConfiguration plain = copyOf(conf);
        if (plain.getVertices().values().removeIf(ProbeLayerVertex.class::isInstance)) {
            plain.getVertexInputs().keySet().retainAll(plain.getVertices().keySet());
            plain.setTopologicalOrder(null);
            plain.setTopologicalOrderStr(null);
        }
        plain.getVertices().replaceAll((name, vertex) -> ungated(vertex));
        plain.getVertices()
                .values()
                .forEach(vertex -> Updaters.replace(vertex, ModulatedUpdater::plain));
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

    /** Gates at no input: the vertex is modulated inside. */
    private static List<String> noModality(ComputationGraphConfiguration conf, String vertex) {
        return Collections.nCopies(conf.getVertexInputs().get(vertex).size(), null);
    }

    private static void decorate(
            ComputationGraphConfiguration conf,
            String modality,
            Trace.Encoder encoder,
            ModulationSettings settings) {
        if (encoder.updaters().decorated()) {
            UnaryOperator<IUpdater> decorated =
                    own ->
                            new ModulatedUpdater(
                                    own,
                                    modality,
                                    settings.noiseInUpdaters(),
                                    settings.seed(),
                                    conf.getIterationCount(),
                                    settings.adam());
            encoder.vertices()
                    .forEach(
                            name ->
                                    Updaters.replace(
                                            conf.getVertices().get(name),
                                            own -> own == null ? null : decorated.apply(own)));
        }
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

    /** A deep copy that also keeps the counters, which DL4J's own clone forgets. */
    private static ComputationGraphConfiguration copyOf(ComputationGraphConfiguration conf) {
        ComputationGraphConfiguration copy = conf.clone();
        for (Map.Entry<String, GraphVertex> vertex : conf.getVertices().entrySet()) {
            copy.getVertices().put(vertex.getKey(), VertexCopy.of(vertex.getValue()));
        }
        copy.setIterationCount(conf.getIterationCount());
        copy.setEpochCount(conf.getEpochCount());
        return copy;
    }
}
