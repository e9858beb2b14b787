package org.ogm4j.zeroout;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Hands the feature masks of a batch to second instances of the shared vertices of a network. */
public final class SharedMasks {

    private final ComputationGraph graph;
    private final ComputationGraphConfiguration conf;
    private final Set<String> encoders = new HashSet<>();

    /**
     * Finds out which vertices masks pass through on their way.
     *
     * @param graph the network
     * @param shared the shared vertices
     */
    SharedMasks(ComputationGraph graph, Set<String> shared) {
        this.graph = graph;
        this.conf = graph.getConfiguration();
        shared.forEach(name -> addEncodersOf(name, shared));
    }

    private void addEncodersOf(String vertex, Set<String> shared) {
        for (String source : conf.getVertexInputs().getOrDefault(vertex, List.of())) {
            if (!shared.contains(source) && encoders.add(source)) {
                addEncodersOf(source, shared);
            }
        }
    }

    /**
     * Feeds the masks of the present batch forward. The encoders are those of the network itself,
     * and keep the masks that they have: a {@code MaskZeroLayer} has found its own.
     *
     * @param instances the second instances by name
     */
    void feed(Map<String, GraphVertex> instances) {
        INDArray[] inputMasks = graph.getInputMaskArrays();
        Map<String, Pair<INDArray, MaskState>> masks = new HashMap<>();
        for (int index : graph.topologicalSortOrder()) {
            GraphVertex own = graph.getVertices()[index];
            String name = own.getVertexName();
            int input = conf.getNetworkInputs().indexOf(name);
            GraphVertex vertex = encoders.contains(name) ? own : instances.get(name);
            if (input >= 0) {
                masks.put(name, new Pair<>(inputMasks[input], MaskState.Active));
            } else if (vertex != null) {
                List<String> sources = conf.getVertexInputs().get(name);
                Layer layer = vertex == own ? own.getLayer() : null;
                INDArray kept = layer == null ? null : layer.getMaskArray();
                masks.put(name, feed(vertex, sources, masks, graph.batchSize()));
                if (layer != null && layer.getMaskArray() != kept) {
                    layer.setMaskArray(kept);
                }
            }
        }
    }

    /**
     * Hands a vertex the masks of what it reads.
     *
     * @param vertex of a running network
     * @param sources what it reads
     * @param all the masks of all vertices before it, by name
     * @param examples in the batch
     * @return the mask of its output, as the vertex has it
     */
    public static Pair<INDArray, MaskState> feed(
            GraphVertex vertex,
            List<String> sources,
            Map<String, Pair<INDArray, MaskState>> all,
            int examples) {
        INDArray[] masks = new INDArray[sources.size()];
        MaskState state = null;
        for (int input = 0; input < masks.length; input++) {
            Pair<INDArray, MaskState> mask = all.get(sources.get(input));
            masks[input] = mask == null ? null : mask.getFirst();
            if (mask != null && (state == null || state == MaskState.Passthrough)) {
                state = mask.getSecond();
            }
        }
        return vertex.feedForwardMaskArrays(masks, state, examples);
    }
}
