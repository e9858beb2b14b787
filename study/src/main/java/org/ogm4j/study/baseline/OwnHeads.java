package org.ogm4j.study.baseline;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;

/** The plain network with a further output on each encoder: that of the modality's own network. */
public final class OwnHeads {

    private OwnHeads() {}

    /**
     * Adds what the network of one modality has behind the encoder.
     *
     * @param plain is changed
     * @param modality its name, with which the names of what is added begin
     * @param alone the network of the modality, whose encoder has the same names
     */
    public static void add(
            ComputationGraphConfiguration plain,
            String modality,
            ComputationGraphConfiguration alone) {
        List<String> outputs = alone.getNetworkOutputs();
        List<String> shared = new ArrayList<>(alone.getNetworkInputs());
        shared.addAll(plain.getVertices().keySet());
        shared.removeAll(outputs);
        alone.getVertices()
                .forEach(
                        (name, vertex) -> {
                            if (!shared.contains(name)) {
                                String own = name(modality, name);
                                plain.getVertices().put(own, named(own, vertex));
                                plain.getVertexInputs()
                                        .put(
                                                own,
                                                alone.getVertexInputs().get(name).stream()
                                                        .map(
                                                                in ->
                                                                        shared.contains(in)
                                                                                ? in
                                                                                : name(
                                                                                        modality,
                                                                                        in))
                                                        .toList());
                            }
                        });
        outputs.forEach(output -> plain.getNetworkOutputs().add(name(modality, output)));
        plain.setTopologicalOrder(null);
        plain.setTopologicalOrderStr(null);
    }

    /** What a vertex or a parameter of the modality's own network is called here. */
    public static String name(String modality, String vertex) {
        return modality + "-own-" + vertex;
    }

    private static GraphVertex named(String name, GraphVertex vertex) {
        if (vertex instanceof LayerVertex layer) {
            layer.getLayerConf().getLayer().setLayerName(name);
        }
        return vertex;
    }
}
