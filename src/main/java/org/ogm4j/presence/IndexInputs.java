package org.ogm4j.presence;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.ogm4j.host.Vertices;

/** Network inputs of indices, of which 0 is a valid one. */
public final class IndexInputs {

    private IndexInputs() {}

    /**
     * Finds an embedding that reads a vertex, through any vertices without a layer.
     *
     * @param conf a network
     * @param source a network input, or a vertex
     * @return the embedding's name, null if there is none
     */
    public static String embeddingOf(ComputationGraphConfiguration conf, String source) {
        for (Map.Entry<String, List<String>> reader : conf.getVertexInputs().entrySet()) {
            if (reader.getValue().contains(source)) {
                List<Layer> layers = Vertices.layersOf(conf.getVertices().get(reader.getKey()));
                String found = layers.isEmpty() ? embeddingOf(conf, reader.getKey()) : null;
                if (layers.stream().anyMatch(IndexInputs::isEmbedding)) {
                    return reader.getKey();
                }
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static boolean isEmbedding(Layer layer) {
        return layer instanceof EmbeddingLayer || layer instanceof EmbeddingSequenceLayer;
    }
}
