package org.ogm4j.zeroout;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.ogm4j.host.KeepsFeatures;
import org.ogm4j.host.VertexCopy;
import org.ogm4j.host.Vertices;
import org.ogm4j.host.Wrapper;

/**
 * Second instances of some vertices of a network, whose parameters are views of the network's.
 *
 * @param inner as they are, by name: those that others of them read
 * @param outputs layers without their activation, so that they output logits
 * @param readers how many inputs each of them, or of the encoders, feeds
 */
record SharedVertices(
        Map<String, GraphVertex> inner,
        Map<String, GraphVertex> outputs,
        Map<String, Integer> readers) {

    /** To run forward at inference, for logits. */
    static SharedVertices of(ComputationGraph graph, Set<String> names, Set<String> outputs) {
        return of(graph, names, outputs, false);
    }

    /**
     * To run forward and backward: without dropout and weight noise, with output layers as they
     * are, and with gradients of parameters of their own, which nobody reads.
     */
    static SharedVertices withLoss(ComputationGraph graph, Set<String> names, Set<String> outputs) {
        return of(graph, names, outputs, true);
    }

    private static SharedVertices of(
            ComputationGraph graph, Set<String> names, Set<String> outputs, boolean withLoss) {
        ComputationGraphConfiguration conf = graph.getConfiguration();
        Map<String, INDArray> parameters = parameters(graph);
        Map<String, Integer> readers = new HashMap<>();
        names.forEach(
                name ->
                        conf.getVertexInputs()
                                .get(name)
                                .forEach(source -> readers.merge(source, 1, Integer::sum)));
        Map<String, GraphVertex> inner = new LinkedHashMap<>();
        Map<String, GraphVertex> logits = new LinkedHashMap<>();
        for (String name : names) {
            var own = Wrapper.plainOf(conf.getVertices().get(name));
            own = withLoss ? deterministic(own) : own;
            if (readers.containsKey(name)) {
                inner.put(name, instance(graph, name, own, parameters.get(name)));
            }
            if (outputs.contains(name)) {
                var output = withLoss ? own : withoutActivation(own);
                logits.put(name, instance(graph, name, output, parameters.get(name)));
            }
        }
        if (withLoss) {
            inner.forEach((name, vertex) -> throwGradientsAway(vertex, parameters.get(name)));
            logits.forEach((name, vertex) -> throwGradientsAway(vertex, parameters.get(name)));
        }
        return new SharedVertices(inner, logits, readers);
    }

    /** The features that a vertex was given in the network's latest forward pass. */
    static INDArray features(ComputationGraph graph, String vertex, int input) {
        ComputationGraphConfiguration conf = graph.getConfiguration();
        String source = conf.getVertexInputs().get(vertex).get(input);
        int networkInput = conf.getNetworkInputs().indexOf(source);
        return networkInput >= 0
                ? graph.getInput(networkInput)
                : KeepsFeatures.of(graph.getVertex(vertex), input);
    }

    private static void throwGradientsAway(GraphVertex vertex, INDArray parameters) {
        if (parameters != null) {
            vertex.setBackpropGradientsViewArray(
                    Nd4j.create(parameters.dataType(), parameters.length()));
        }
    }

    /** In training mode what inference gives, and a backward pass that belongs to it. */
    private static org.deeplearning4j.nn.conf.graph.GraphVertex deterministic(
            org.deeplearning4j.nn.conf.graph.GraphVertex vertex) {
        var copy = VertexCopy.of(vertex);
        Vertices.removeDropout(copy);
        if (copy instanceof LayerVertex layer) {
            layer.getLayerConf().setCacheMode(CacheMode.NONE); // nothing opens the cache for it
        }
        return copy;
    }

    /** Whether more than one vertex reads what this one outputs. */
    boolean isReadTwice(String name) {
        return readers.getOrDefault(name, 0) > 1;
    }

    /** The parameters of every vertex, as DL4J lays them out: in topological order. */
    private static Map<String, INDArray> parameters(ComputationGraph graph) {
        Map<String, INDArray> views = new HashMap<>();
        INDArray flat = graph.params().reshape(graph.params().length());
        long offset = 0;
        for (int index : graph.topologicalSortOrder()) {
            String name = graph.getVertices()[index].getVertexName();
            org.deeplearning4j.nn.conf.graph.GraphVertex vertex =
                    graph.getConfiguration().getVertices().get(name);
            long length = vertex == null ? 0 : vertex.numParams(true);
            if (length > 0) {
                views.put(name, flat.get(NDArrayIndex.interval(offset, offset + length)));
            }
            offset += length;
        }
        return views;
    }

    private static GraphVertex instance(
            ComputationGraph graph,
            String name,
            org.deeplearning4j.nn.conf.graph.GraphVertex conf,
            INDArray parameters) {
        GraphVertex original = graph.getVertex(name);
        // a layer's dropout keeps its mask in the configuration
        var own = conf instanceof LayerVertex ? VertexCopy.of(conf) : conf;
        GraphVertex instance =
                own.instantiate(
                        graph,
                        name,
                        original.getVertexIndex(),
                        parameters,
                        false,
                        graph.getConfiguration().getDataType());
        VertexIndices[] inputs = new VertexIndices[original.getNumInputArrays()];
        Arrays.setAll(inputs, i -> new VertexIndices(0, i));
        instance.setInputVertices(inputs);
        return instance;
    }

    private static org.deeplearning4j.nn.conf.graph.GraphVertex withoutActivation(
            org.deeplearning4j.nn.conf.graph.GraphVertex output) {
        org.deeplearning4j.nn.conf.graph.GraphVertex copy = VertexCopy.of(output);
        Layer layer = Vertices.layerOf(copy);
        if (layer instanceof ActivationLayer alone) {
            alone.setActivationFn(new ActivationIdentity());
        } else {
            ((BaseLayer) layer).setActivationFn(new ActivationIdentity());
        }
        return copy;
    }
}
