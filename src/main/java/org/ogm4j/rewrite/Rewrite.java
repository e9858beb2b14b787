package org.ogm4j.rewrite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.AdamVariant;
import org.ogm4j.gate.GatedLayerVertex;
import org.ogm4j.gate.GatedVertex;
import org.ogm4j.host.Updaters;
import org.ogm4j.host.VertexCopy;
import org.ogm4j.plan.DropPlan;
import org.ogm4j.plan.GateConf;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.presence.Entrances;
import org.ogm4j.probe.ProbeVertex;
import org.ogm4j.probe.Probes;
import org.ogm4j.teacher.TeacherVertex;
import org.ogm4j.teacher.Teachers;
import org.ogm4j.trace.ModulationSettings;
import org.ogm4j.trace.NetworkParts;
import org.ogm4j.trace.ProbePlan;
import org.ogm4j.updater.ModulatedUpdater;

/**
 * Puts gates into a configuration and takes them out again: pure functions, the argument stays as
 * it is.
 */
public final class Rewrite {

    private Rewrite() {}

    /**
     * Puts gates in. Names, order and parameters of all vertices stay as they are: a gate is part
     * of the vertex that it wraps.
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
        NetworkParts parts = NetworkParts.of(conf, settings);
        ModulationPlan plan = plan(parts, settings);
        ComputationGraphConfiguration modulated = withProbes(conf, settings, parts);
        parts.teachers().forEach((name, vertex) -> Teachers.add(modulated, name, vertex));
        if (settings.updater() != null) {
            for (GraphVertex vertex : modulated.getVertices().values()) {
                Updaters.replace(vertex, own -> settings.updater().clone());
            }
        }
        // where p has nothing to follow from, its updaters need no state for it
        AdamVariant adam =
                plan.momentCoefficient()
                        ? settings.adam()
                        : settings.adam().withoutMomentCoefficient();
        parts.encoders()
                .forEach((name, encoder) -> decorate(modulated, name, encoder, settings, adam));
        if (plan.momentCoefficient()) {
            HeadUpdaters.add(modulated, parts.encoders(), settings.adam().norm());
        }
        addGates(modulated, parts, plan); // last: the steps before it meet DL4J's own vertices
        return modulated;
    }

    /**
     * A copy with the probes and no more: all heads that scores are read from are in it.
     *
     * @param conf the network, not modulated
     * @param settings what the user asked for
     * @param parts of that network
     * @return the copy
     */
    public static ComputationGraphConfiguration withProbes(
            ComputationGraphConfiguration conf, ModulationSettings settings, NetworkParts parts) {
        ComputationGraphConfiguration copy = VertexCopy.of(conf);
        for (ProbePlan probe : parts.probes()) {
            List<String> inputs = parts.encoders().get(probe.modality()).inputs();
            Probes.add(copy, probe, settings.missing().planOf(probe.modality(), inputs));
        }
        return copy;
    }

    /**
     * A copy to read the logits of modalities from, with gates that keep the features. It is not to
     * be trained.
     *
     * @param conf the network; one that is modulated stays as it is
     * @param settings the modalities of one that is not
     * @return the copy
     * @throws IllegalArgumentException with all problems found, if a modality cannot be read
     */
    public static ComputationGraphConfiguration readable(
            ComputationGraphConfiguration conf, ModulationSettings settings) {
        ComputationGraphConfiguration copy = VertexCopy.of(conf);
        if (!isModulated(conf)) {
            NetworkParts parts = NetworkParts.toRead(conf, settings);
            addGates(copy, parts, plan(parts, settings));
        }
        return copy;
    }

    private static void addGates(
            ComputationGraphConfiguration conf, NetworkParts parts, ModulationPlan plan) {
        for (String name : plan.gates()) {
            List<String> inputs = parts.gates().getOrDefault(name, noModality(conf, name));
            GateConf gate = new GateConf(plan, inputs, parts.trunk().get(name), null);
            conf.getVertices().computeIfPresent(name, (n, vertex) -> gated(vertex, gate));
        }
        Entrances.add(conf, plan.presence());
    }

    private static ModulationPlan plan(NetworkParts parts, ModulationSettings settings) {
        List<ModalityPlan> modalities = new ArrayList<>();
        boolean variant = false;
        for (Map.Entry<String, NetworkParts.Encoder> entry : parts.encoders().entrySet()) {
            NetworkParts.Encoder encoder = entry.getValue();
            boolean decorated = encoder.updaters().decorated();
            modalities.add(
                    new ModalityPlan(
                            entry.getKey(),
                            encoder.readouts(),
                            decorated,
                            settings.signalOf(entry.getKey()),
                            settings.missing().planOf(entry.getKey(), encoder.inputs()),
                            settings.distillationOf(entry.getKey())));
            variant |= encoder.updaters().variant();
        }
        Set<String> gates = new LinkedHashSet<>(parts.gates().keySet());
        gates.addAll(parts.trunk().keySet());
        return new ModulationPlan(
                ModulationPlan.VERSION,
                modalities,
                List.copyOf(gates),
                settings.rule(),
                settings.noiseAtGates(),
                settings.firstEpoch(),
                settings.lastEpoch(),
                settings.seed(),
                parts.shared(),
                settings.scores().every(),
                variant && settings.momentCoefficient() && parts.readsHeads(),
                settings.drop().active() ? new DropPlan(settings.drop(), parts.drop()) : null,
                settings.scores().shared());
    }

    /**
     * Takes all gates, probes and teachers out.
     *
     * @param conf a network, modulated or not
     * @return a plain copy without any class of this library
     */
    public static ComputationGraphConfiguration strip(ComputationGraphConfiguration conf) {
        ComputationGraphConfiguration plain = VertexCopy.of(conf);
        boolean beside = plain.getVertices().values().removeIf(ProbeVertex.class::isInstance);
        beside |= plain.getVertices().values().removeIf(TeacherVertex.class::isInstance);
        if (beside) {
            plain.getVertexInputs().keySet().retainAll(plain.getVertices().keySet());
            plain.setTopologicalOrder(null);
            plain.setTopologicalOrderStr(null);
        }
        Entrances.remove(plain);
        plain.getVertices().replaceAll((name, vertex) -> ungated(vertex));
        for (GraphVertex vertex : plain.getVertices().values()) {
            Updaters.replace(vertex, ModulatedUpdater::plain);
        }
        return plain;
    }

    /**
     * Whether a configuration has gates.
     *
     * @param conf a network
     * @return whether it is modulated
     */
    public static boolean isModulated(ComputationGraphConfiguration conf) {
        return planOf(conf).isPresent();
    }

    /**
     * What a network was modulated with.
     *
     * @param conf a network
     * @return empty if it is not modulated
     */
    public static Optional<ModulationPlan> planOf(ComputationGraphConfiguration conf) {
        return gatesOf(conf).values().stream().map(GateConf::plan).findFirst();
    }

    /**
     * The gates of a network.
     *
     * @param conf a network
     * @return by vertex, none if it is not modulated
     */
    public static Map<String, GateConf> gatesOf(ComputationGraphConfiguration conf) {
        Map<String, GateConf> gates = new LinkedHashMap<>();
        for (Map.Entry<String, GraphVertex> vertex : conf.getVertices().entrySet()) {
            if (vertex.getValue() instanceof GatedVertex gated) {
                gates.put(vertex.getKey(), gated.gate());
            } else if (vertex.getValue() instanceof GatedLayerVertex gated) {
                gates.put(vertex.getKey(), gated.gate());
            }
        }
        return gates;
    }

    /** Gates at no input: the vertex is modulated inside. */
    private static List<String> noModality(ComputationGraphConfiguration conf, String vertex) {
        return Collections.nCopies(conf.getVertexInputs().get(vertex).size(), null);
    }

    private static void decorate(
            ComputationGraphConfiguration conf,
            String modality,
            NetworkParts.Encoder encoder,
            ModulationSettings settings,
            AdamVariant adam) {
        if (!encoder.updaters().decorated()) {
            return;
        }
        UnaryOperator<IUpdater> decorated =
                own ->
                        own == null
                                ? null
                                : new ModulatedUpdater(
                                        own,
                                        modality,
                                        settings.noiseInUpdaters(),
                                        settings.seed(),
                                        conf.getIterationCount(),
                                        adam);
        for (String name : encoder.vertices()) {
            Updaters.replace(conf.getVertices().get(name), decorated);
        }
    }

    private static GraphVertex gated(GraphVertex vertex, GateConf gate) {
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
}
