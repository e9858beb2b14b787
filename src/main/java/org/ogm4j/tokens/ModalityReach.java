package org.ogm4j.tokens;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/** Which modalities reach each vertex of a network, found by walking it from its inputs. */
public final class ModalityReach {

    private final ComputationGraphConfiguration conf;
    private final Map<String, Set<String>> modalities = new LinkedHashMap<>();

    /**
     * Walks the network.
     *
     * @param conf any directed acyclic graph
     * @param modalityOfInput the modality of each network input; an input that is missing belongs
     *     to none
     */
    public ModalityReach(ComputationGraphConfiguration conf, Map<String, String> modalityOfInput) {
        this.conf = conf;
        for (String input : conf.getNetworkInputs()) {
            String modality = modalityOfInput.get(input);
            modalities.put(input, modality == null ? Set.of() : Set.of(modality));
        }
        conf.getVertices().keySet().forEach(this::walk);
    }

    private Set<String> walk(String vertex) {
        Set<String> known = modalities.get(vertex);
        if (known == null) {
            known = new LinkedHashSet<>();
            for (String input : inputsOf(vertex)) {
                known.addAll(walk(input));
            }
            modalities.put(vertex, known);
        }
        return known;
    }

    /**
     * The modalities that reach a vertex.
     *
     * @param vertex a vertex or network input
     * @return their names
     */
    public Set<String> modalitiesOf(String vertex) {
        return modalities.get(vertex);
    }

    /**
     * Whether two or more modalities meet at or before a vertex.
     *
     * @param vertex a vertex or network input
     * @return whether they do
     */
    public boolean isFused(String vertex) {
        return modalitiesOf(vertex).size() > 1;
    }

    /**
     * Whether a vertex is reached from a modality and no other.
     *
     * @param vertex a vertex or network input
     * @param modality the modality
     * @return whether it is
     */
    public boolean isOnly(String vertex, String modality) {
        return modalitiesOf(vertex).equals(Set.of(modality));
    }

    /**
     * The vertices that a modality alone reaches.
     *
     * @param modality the modality
     * @return their names, each after everything it reads
     */
    public List<String> verticesOf(String modality) {
        return modalities.keySet().stream()
                .filter(name -> conf.getVertices().containsKey(name) && isOnly(name, modality))
                .toList();
    }

    /**
     * What a vertex reads.
     *
     * @param vertex a vertex
     * @return vertices or network inputs
     */
    public List<String> inputsOf(String vertex) {
        return conf.getVertexInputs().get(vertex);
    }

    /**
     * All network inputs and vertices, each after everything it reads.
     *
     * @return their names
     */
    public Iterable<String> inOrder() {
        return modalities.keySet();
    }
}
