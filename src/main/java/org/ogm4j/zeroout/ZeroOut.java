package org.ogm4j.zeroout;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.ogm4j.host.Wrapper;

/**
 * The part of a network that modalities share, run once more on the features of one modality with
 * those of all others set to 0.
 *
 * <p>It has vertices of its own, whose parameters are views of the network's, so that everything
 * the network stored in its training pass stays as it is. They run at inference settings: no
 * dropout, running mean and variance in batch norm, no random number drawn. A recurrent layer
 * starts from a state of 0, also where the network trains by truncated backpropagation.
 */
public final class ZeroOut {

    /** What a pass takes it gives back at its end; the first one finds out how much. */
    public static final WorkspaceConfiguration MEMORY =
            WorkspaceConfiguration.builder()
                    .initialSize(0)
                    .overallocationLimit(0.05)
                    .policyLearning(LearningPolicy.FIRST_LOOP)
                    .policyReset(ResetPolicy.BLOCK_LEFT)
                    .policySpill(SpillPolicy.REALLOCATE)
                    .policyAllocation(AllocationPolicy.OVERALLOCATE)
                    .build();

    private final ComputationGraph graph;
    private final ComputationGraphConfiguration conf;
    private final Map<String, List<String>> owners;
    private final Map<String, String> outputs;
    private SharedVertices vertices;
    private SharedMasks masks;

    /**
     * Prepares the shared part of a network.
     *
     * @param graph the network, initialised
     * @param owners for each vertex of the shared part, in the order that data flows, the modality
     *     that each of its inputs comes from; null for an input from inside the shared part
     * @param outputs for each output whose logits are wanted, the vertex that gives them if its
     *     activation is left out
     */
    public ZeroOut(
            ComputationGraph graph, Map<String, List<String>> owners, Map<String, String> outputs) {
        this.graph = graph;
        this.conf = graph.getConfiguration();
        this.owners = new LinkedHashMap<>(owners);
        this.outputs = new LinkedHashMap<>(outputs);
        build();
    }

    private void build() {
        vertices = SharedVertices.of(graph, owners.keySet(), Set.copyOf(outputs.values()));
        masks = null;
    }

    /**
     * Runs the shared part.
     *
     * @param modality the one whose features are read, from the network's latest forward pass
     * @param use is given the logits by output, in the shape that they have; they live until it
     *     returns
     * @return what {@code use} returns
     */
    @SuppressWarnings("try") // scopes are opened for their effect
    public <T> T alone(String modality, Function<Map<String, INDArray>, T> use) {
        feedMasks();
        LayerWorkspaceMgr workspaces = workspaces();
        try (MemoryWorkspace scope = workspaces.notifyScopeEntered(ArrayType.ACTIVATIONS)) {
            Map<String, INDArray> logits = new LinkedHashMap<>();
            Map<String, INDArray> activations = new HashMap<>();
            for (String name : owners.keySet()) {
                GraphVertex inner = vertices.inner().get(name);
                GraphVertex output = vertices.outputs().get(name);
                if (inner != null) {
                    activations.put(name, run(inner, name, modality, activations, workspaces));
                }
                if (output != null) {
                    INDArray own = run(output, name, modality, activations, workspaces);
                    outputs.forEach((of, from) -> putIf(from.equals(name), logits, of, own));
                }
            }
            return use.apply(logits);
        }
    }

    private static void putIf(
            boolean holds, Map<String, INDArray> logits, String output, INDArray own) {
        if (holds) {
            logits.put(output, own);
        }
    }

    @SuppressWarnings("try") // scopes are opened for their effect
    private INDArray run(
            GraphVertex vertex,
            String name,
            String modality,
            Map<String, INDArray> activations,
            LayerWorkspaceMgr workspaces) {
        List<String> sources = conf.getVertexInputs().get(name);
        if (Wrapper.plainOf(conf.getVertices().get(name)).getClass() == MergeVertex.class) {
            return merge(name, modality, activations, workspaces);
        }
        try (MemoryWorkspace scope = workspaces.notifyScopeEntered(ArrayType.FF_WORKING_MEM)) {
            for (int input = 0; input < sources.size(); input++) {
                INDArray from = activations.get(sources.get(input));
                if (owners.get(name).get(input) != null) {
                    from = features(name, input, modality, workspaces);
                } else if (vertices.isReadTwice(sources.get(input))) {
                    // an ActivationLayer may write its result over its input
                    from = workspaces.dup(ArrayType.ACTIVATIONS, from);
                }
                vertex.setInput(input, from, workspaces);
            }
            INDArray out = vertex.doForward(false, workspaces);
            vertex.clear();
            return out;
        }
    }

    /** As a MergeVertex does it, without arrays of zeros and copies of what is merged. */
    private INDArray merge(
            String name,
            String modality,
            Map<String, INDArray> activations,
            LayerWorkspaceMgr workspaces) {
        List<String> sources = conf.getVertexInputs().get(name);
        INDArray[] parts = new INDArray[sources.size()];
        for (int input = 0; input < parts.length; input++) {
            boolean inside = owners.get(name).get(input) == null;
            parts[input] =
                    inside
                            ? activations.get(sources.get(input))
                            : SharedVertices.features(graph, name, input);
        }
        MergeVertex vertex = (MergeVertex) Wrapper.plainOf(conf.getVertices().get(name));
        int axis = Math.floorMod(vertex.getMergeAxis(), parts[0].rank());
        long[] shape = parts[0].shape().clone();
        shape[axis] = Arrays.stream(parts).mapToLong(part -> part.size(axis)).sum();
        INDArray merged = workspaces.create(ArrayType.ACTIVATIONS, conf.getDataType(), shape, 'c');
        long from = 0;
        for (int input = 0; input < parts.length; input++) {
            long to = from + parts[input].size(axis);
            String owner = owners.get(name).get(input);
            if (owner == null || owner.equals(modality)) {
                INDArrayIndex[] place = new INDArrayIndex[shape.length];
                Arrays.setAll(place, each -> NDArrayIndex.all());
                place[axis] = NDArrayIndex.interval(from, to);
                merged.get(place).assign(parts[input]);
            }
            from = to;
        }
        return merged;
    }

    /** The features of the modality as the training pass put them into a vertex, else zeros. */
    private INDArray features(
            String vertex, int input, String modality, LayerWorkspaceMgr workspaces) {
        INDArray features = SharedVertices.features(graph, vertex, input);
        return owners.get(vertex).get(input).equals(modality)
                ? workspaces.dup(ArrayType.ACTIVATIONS, features)
                : workspaces.create(
                        ArrayType.ACTIVATIONS,
                        features.dataType(),
                        features.shape(),
                        features.ordering());
    }

    private void feedMasks() {
        boolean masked = graph.getInputMaskArrays() != null;
        if (masked) {
            if (masks == null) {
                masks = new SharedMasks(graph, owners.keySet());
            }
            masks.feed(vertices.inner());
        } else if (masks != null) {
            build();
        }
    }

    private LayerWorkspaceMgr workspaces() {
        if (conf.getInferenceWorkspaceMode() == WorkspaceMode.NONE) {
            return LayerWorkspaceMgr.noWorkspaces();
        }
        return LayerWorkspaceMgr.builder()
                .with(ArrayType.INPUT, "OGM4J_ZERO_OUT", MEMORY)
                .with(ArrayType.ACTIVATIONS, "OGM4J_ZERO_OUT", MEMORY)
                .with(ArrayType.FF_WORKING_MEM, "OGM4J_ZERO_OUT_LAYER", MEMORY)
                .with(ArrayType.RNN_FF_LOOP_WORKING_MEM, "OGM4J_ZERO_OUT_LOOP", MEMORY)
                .build();
    }
}
