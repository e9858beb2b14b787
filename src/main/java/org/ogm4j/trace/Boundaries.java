package org.ogm4j.trace;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.ogm4j.host.Vertices;
import org.ogm4j.tokens.ModalityReach;

/**
 * Where the fusion begins before modalities meet: downstream of the vertices that the user named as
 * the ends of an encoder; otherwise at the layers that make the factors of a product.
 *
 * <p>A product of modalities is one of maps of their features, as the scale and shift of FiLM, or
 * the gate and the value of a gated fusion. These maps are part of the fusion: at zero features
 * they give their bias, where a factor that is itself set to zero would wipe out the other
 * modality's.
 */
final class Boundaries {

    private final ComputationGraphConfiguration conf;
    private final ModalityReach reach;
    private final Set<String> first = new LinkedHashSet<>();

    private Boundaries(Inspection inspection) {
        conf = inspection.conf();
        reach = inspection.reach();
    }

    /**
     * Finds them.
     *
     * @return vertices of one modality that are part of the fusion, and so is all downstream
     */
    static Set<String> find(Inspection inspection) {
        Boundaries boundaries = new Boundaries(inspection);
        Map<String, List<String>> named = inspection.settings().encoders();
        named.forEach((modality, ends) -> boundaries.addNamed(inspection, modality, ends));
        for (Map.Entry<String, GraphVertex> vertex : boundaries.conf.getVertices().entrySet()) {
            if (isProduct(vertex.getValue()) && boundaries.reach.isFused(vertex.getKey())) {
                boundaries.addFactors(vertex.getKey(), named.keySet());
            }
        }
        return boundaries.first;
    }

    private void addNamed(Inspection inspection, String modality, List<String> ends) {
        List<String> known = reach.verticesOf(modality);
        for (String end : ends) {
            if (!known.contains(end)) {
                inspection.problem(
                        "encoder of modality \"%s\" must end with vertices that this modality alone reaches, got \"%s\"; known are %s",
                        modality, end, known);
            }
            readersOf(end).stream()
                    .filter(name -> reach.isOnly(name, modality))
                    .forEach(first::add);
        }
    }

    private void addFactors(String product, Set<String> named) {
        for (String factor : reach.inputsOf(product)) {
            if (named.containsAll(reach.modalitiesOf(factor))) {
                continue;
            }
            for (String maker : makersOf(factor)) {
                if (hasParametersBefore(maker)) {
                    for (String source : reach.inputsOf(maker)) {
                        readersOf(source).stream()
                                .filter(this::feedsFusionOnly)
                                .forEach(first::add);
                    }
                }
            }
        }
    }

    /** The layers that make a factor, behind activations, dropout, reshapes and their like. */
    private Set<String> makersOf(String factor) {
        Set<String> makers = new LinkedHashSet<>();
        if (conf.getVertices().containsKey(factor) && !reach.isFused(factor)) {
            if (makesFactor(factor)) {
                makers.add(factor);
            } else {
                reach.inputsOf(factor).forEach(source -> makers.addAll(makersOf(source)));
            }
        }
        return makers;
    }

    private boolean makesFactor(String vertex) {
        return hasParameters(vertex)
                && !(Vertices.layerOf(conf.getVertices().get(vertex)) instanceof PReLULayer);
    }

    private boolean feedsFusionOnly(String vertex) {
        List<String> readers = readersOf(vertex);
        return !reach.isFused(vertex)
                && !readers.isEmpty()
                && readers.stream()
                        .allMatch(
                                reader ->
                                        reach.isFused(reader)
                                                || (!makesFactor(reader)
                                                        && feedsFusionOnly(reader)));
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
