package org.ogm4j.graph;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.ogm4j.flow.Reach;

/**
 * Where the fusion begins before modalities meet: behind the vertices that the user named as the
 * ends of an encoder; otherwise at the layers that make the factors of a product.
 *
 * <p>A product of modalities is one of maps of their features, as the scale and shift of FiLM, or
 * the gate and the value of a gated fusion. These maps are part of the fusion: at zero features
 * they give their bias, where a factor that is itself set to zero would wipe out the other
 * modality's.
 */
final class Boundaries {

    private final ComputationGraphConfiguration conf;
    private final Reach reach;
    private final Set<String> first = new LinkedHashSet<>();

    /**
     * Finds them.
     *
     * @param conf the network
     * @param reach which modality reaches what
     * @param ends for some modalities the vertices that its encoder ends with
     * @param problems where to say what is no end of an encoder
     */
    Boundaries(
            ComputationGraphConfiguration conf,
            Reach reach,
            Map<String, List<String>> ends,
            List<String> problems) {
        this.conf = conf;
        this.reach = reach;
        ends.forEach((modality, vertices) -> addNamed(modality, vertices, problems));
        conf.getVertices()
                .forEach(
                        (name, vertex) -> {
                            if (isProduct(vertex) && reach.isFused(name)) {
                                addFactors(name, ends.keySet());
                            }
                        });
    }

    /** Vertices of one modality that are part of the fusion, and so is all behind them. */
    Set<String> first() {
        return first;
    }

    private void addNamed(String modality, List<String> ends, List<String> problems) {
        for (String end : ends) {
            List<String> known = reach.verticesOf(modality);
            if (!known.contains(end)) {
                problems.add(
                        "encoder of modality \"%s\" must end with vertices that this modality alone reaches, got \"%s\"; known are %s"
                                .formatted(modality, end, known));
            }
            readersOf(end).stream()
                    .filter(name -> reach.isOnly(name, modality))
                    .forEach(first::add);
        }
    }

    private void addFactors(String product, Set<String> named) {
        for (String factor : reach.inputsOf(product)) {
            boolean ofOne = conf.getVertices().containsKey(factor) && !reach.isFused(factor);
            if (ofOne
                    && !named.containsAll(reach.of(factor))
                    && hasParameters(factor)
                    && hasParametersBefore(factor)) {
                for (String source : reach.inputsOf(factor)) {
                    readersOf(source).stream().filter(this::feedsFusionOnly).forEach(first::add);
                }
            }
        }
    }

    private boolean feedsFusionOnly(String vertex) {
        List<String> readers = readersOf(vertex);
        return !reach.isFused(vertex)
                && !readers.isEmpty()
                && readers.stream().allMatch(reach::isFused);
    }

    private boolean hasParameters(String vertex) {
        GraphVertex own = conf.getVertices().get(vertex);
        return own != null && !Vertices.parametersOf(own).isEmpty();
    }

    private boolean hasParametersBefore(String vertex) {
        return conf.getVertexInputs().getOrDefault(vertex, List.of()).stream()
                .anyMatch(source -> hasParameters(source) || hasParametersBefore(source));
    }

    private List<String> readersOf(String vertex) {
        return conf.getVertexInputs().entrySet().stream()
                .filter(reader -> reader.getValue().contains(vertex))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isProduct(GraphVertex vertex) {
        return vertex instanceof ElementWiseVertex elementWise
                && elementWise.getOp() == ElementWiseVertex.Op.Product;
    }
}
