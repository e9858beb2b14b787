package org.ogm4j.study.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.study.answer.AnswerKind;

/** Which inputs and vertices of a plain network belong to which modality. */
public final class Layout {

    private final ComputationGraphConfiguration conf;
    private final Map<String, List<String>> inputs;
    private final Map<String, Set<String>> reached = new LinkedHashMap<>();

    private Layout(ComputationGraphConfiguration conf, Map<String, List<String>> inputs) {
        this.conf = conf;
        this.inputs = new LinkedHashMap<>(inputs);
        inputs.forEach(
                (modality, own) -> own.forEach(input -> reached.put(input, Set.of(modality))));
        conf.getVertices().keySet().forEach(this::reach);
    }

    /**
     * Of a network.
     *
     * @param conf not modulated
     * @param modalities the inputs of each; empty: one for each input, with its name
     * @throws IllegalArgumentException if they are not the network's inputs, each once
     */
    public static Layout of(
            ComputationGraphConfiguration conf, Map<String, List<String>> modalities) {
        List<String> all = conf.getNetworkInputs();
        Map<String, List<String>> inputs = new LinkedHashMap<>(modalities);
        if (inputs.isEmpty()) {
            all.forEach(input -> inputs.put(input, List.of(input)));
        }
        List<String> given = inputs.values().stream().flatMap(List::stream).sorted().toList();
        if (!given.equals(all.stream().sorted().toList())) {
            throw new IllegalArgumentException(
                    "inputs of the modalities must be the network's, each once: %s, got %s"
                            .formatted(all, inputs));
        }
        return new Layout(conf, inputs);
    }

    /** The same of a network of some of these inputs, or with another first output. */
    public Layout in(ComputationGraph graph) {
        List<String> present = graph.getConfiguration().getNetworkInputs();
        String first = graph.getConfiguration().getNetworkOutputs().get(0);
        if (present.size() == networkInputs().size() && first.equals(output())) {
            return this;
        }
        Map<String, List<String>> own = new LinkedHashMap<>();
        inputs.forEach(
                (modality, all) -> {
                    List<String> some = all.stream().filter(present::contains).toList();
                    if (!some.isEmpty()) {
                        own.put(modality, some);
                    }
                });
        return new Layout(graph.getConfiguration(), own);
    }

    private Set<String> reach(String vertex) {
        Set<String> known = reached.get(vertex);
        if (known != null) {
            return known;
        }
        Set<String> own = new TreeSet<>();
        conf.getVertexInputs().get(vertex).forEach(input -> own.addAll(reach(input)));
        reached.put(vertex, own);
        return own;
    }

    /** Their names, in the order given. */
    public List<String> modalities() {
        return List.copyOf(inputs.keySet());
    }

    /** The network inputs of a modality. */
    public List<String> inputs(String modality) {
        return inputs.get(modality);
    }

    /** The names of the network's inputs, in the order of a batch's features. */
    public List<String> networkInputs() {
        return conf.getNetworkInputs();
    }

    ComputationGraphConfiguration conf() {
        return conf;
    }

    /** The first output, whose answer is measured. */
    public String output() {
        return conf.getNetworkOutputs().get(0);
    }

    /** What the first output answers with. */
    public AnswerKind kind() {
        return AnswerKind.of(layer(output()));
    }

    /** The layer of a vertex, or null if it has none. */
    Layer layer(String vertex) {
        GraphVertex own = conf.getVertices().get(vertex);
        return own instanceof LayerVertex layer ? layer.getLayerConf().getLayer() : null;
    }

    /** The modalities that reach an input or a vertex. */
    Set<String> reaching(String vertex) {
        return reached.get(vertex);
    }

    List<String> into(String vertex) {
        return conf.getVertexInputs().getOrDefault(vertex, List.of());
    }

    /**
     * The vertices where an encoder ends: what one modality alone reaches and the fusion reads, and
     * whose each is. Of a network of one modality what its output reads.
     */
    public Map<String, String> ends() {
        Map<String, String> ends = new LinkedHashMap<>();
        if (inputs.size() == 1) {
            into(output()).forEach(end -> ends.put(end, modalities().get(0)));
            return ends;
        }
        if (HeadSum.fits(this)) { // the heads are the fusion's
            into(into(output()).get(0))
                    .forEach(head -> into(head).forEach(end -> ends.put(end, whose(end))));
            return ends;
        }
        for (String vertex : conf.getVertices().keySet()) {
            if (reached.get(vertex).size() > 1) {
                into(vertex).stream()
                        .filter(input -> reached.get(input).size() == 1)
                        .forEach(input -> ends.put(input, whose(input)));
            }
        }
        return ends;
    }

    private String whose(String vertex) {
        return reached.get(vertex).iterator().next();
    }

    /** The ends of one encoder. */
    List<String> ends(String modality) {
        Set<String> own = new LinkedHashSet<>();
        ends().forEach((end, whose) -> own.addAll(whose.equals(modality) ? Set.of(end) : Set.of()));
        return new ArrayList<>(own);
    }
}
