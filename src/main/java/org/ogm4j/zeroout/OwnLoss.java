package org.ogm4j.zeroout;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.ogm4j.host.Vertices;

/**
 * The error signal that the own loss of one modality sends back to its features: a part of the
 * network is run forward on them, with those of all other modalities set to 0, and backward from
 * its loss.
 *
 * <p>As in {@link ZeroOut} the vertices are second instances whose parameters are views of the
 * network's; what the network stored in its training pass, its gradients included, stays as it is.
 * They run without dropout and weight noise and draw no random number. A recurrent layer starts
 * from a state of 0. What DL4J's layers do to a signal they do here too, also where it is twice
 * what it should be (layers that SameDiff differentiates).
 */
public final class OwnLoss {

    private final ComputationGraph graph;
    private final ComputationGraphConfiguration conf;
    private final Map<String, List<String>> owners;
    private final Set<String> outputs;
    private SharedVertices vertices;
    private SharedMasks masks;

    /**
     * What an output should have given.
     *
     * @param labels in the shape that the output layer has them
     * @param mask as the output layer holds it, or null
     * @param loss what judges by them, as a rule the output layer's own
     */
    public record Target(INDArray labels, INDArray mask, ILossFunction loss) {}

    /**
     * Prepares a part of a network.
     *
     * @param graph the network, initialised
     * @param owners for each vertex of the part, in the order that data flows, the modality that
     *     each of its inputs comes from; null for an input from inside the part
     * @param outputs the output layers whose losses are wanted, among the vertices
     */
    public OwnLoss(ComputationGraph graph, Map<String, List<String>> owners, Set<String> outputs) {
        this.graph = graph;
        this.conf = graph.getConfiguration();
        this.owners = new LinkedHashMap<>(owners);
        this.outputs = new LinkedHashSet<>(outputs);
    }

    /**
     * The error signals, sums per example.
     *
     * @param modality whose features are read, from the network's latest forward pass
     * @param targets by output; outputs without one send nothing
     * @return by vertex, one for each of its inputs: null for one that is not the modality's, or
     *     that no signal reaches; in no workspace
     */
    @SuppressWarnings("try") // scopes are opened for their effect
    public Map<String, INDArray[]> errors(String modality, Map<String, Target> targets) {
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            prepare();
        }
        LayerWorkspaceMgr workspaces = workspaces();
        try (MemoryWorkspace scope = workspaces.notifyScopeEntered(ArrayType.ACTIVATIONS)) {
            forward(modality, workspaces);
            Map<String, INDArray[]> errors = backward(modality, targets, workspaces);
            vertices.inner().values().forEach(GraphVertex::clear);
            vertices.outputs().values().forEach(GraphVertex::clear);
            return errors;
        }
    }

    private void prepare() {
        boolean masked = graph.getInputMaskArrays() != null;
        if (vertices == null || (masks != null && !masked)) {
            vertices = SharedVertices.withLoss(graph, owners.keySet(), outputs);
            masks = null; // DL4J's SameDiff vertices never forget one
        }
        if (masked) {
            masks = masks == null ? new SharedMasks(graph, owners.keySet()) : masks;
            masks.feed(vertices.inner());
        }
    }

    private void forward(String modality, LayerWorkspaceMgr workspaces) {
        Map<String, INDArray> activations = new HashMap<>();
        for (String name : owners.keySet()) {
            GraphVertex inner = vertices.inner().get(name);
            GraphVertex output = vertices.outputs().get(name);
            List<String> sources = conf.getVertexInputs().get(name);
            for (int input = 0; input < sources.size(); input++) {
                INDArray from =
                        owners.get(name).get(input) == null
                                ? activations.get(sources.get(input))
                                : features(name, input, modality, workspaces);
                if (inner != null) {
                    inner.setInput(input, from, workspaces);
                }
                if (output != null) {
                    output.setInput(input, from, workspaces);
                }
            }
            if (inner != null) {
                activations.put(name, run(inner, workspaces));
            }
        }
    }

    @SuppressWarnings("try") // a scope is opened for its effect
    private static INDArray run(GraphVertex vertex, LayerWorkspaceMgr workspaces) {
        try (MemoryWorkspace scope = workspaces.notifyScopeEntered(ArrayType.FF_WORKING_MEM)) {
            return vertex.doForward(true, workspaces);
        }
    }

    private INDArray features(
            String vertex, int input, String modality, LayerWorkspaceMgr workspaces) {
        INDArray given = SharedVertices.features(graph, vertex, input);
        INDArray features = workspaces.dup(ArrayType.ACTIVATIONS, given);
        boolean own = owners.get(vertex).get(input).equals(modality);
        return own ? features : features.assign(0);
    }

    private Map<String, INDArray[]> backward(
            String modality, Map<String, Target> targets, LayerWorkspaceMgr workspaces) {
        Map<String, INDArray[]> errors = new LinkedHashMap<>();
        Map<String, INDArray> signals = new HashMap<>();
        List<String> names = List.copyOf(owners.keySet());
        for (int i = names.size() - 1; i >= 0; i--) {
            String name = names.get(i);
            GraphVertex vertex = judged(name, targets.get(name), signals.get(name));
            if (vertex == null) {
                continue; // no loss depends on it
            }
            INDArray[] sent = send(vertex, workspaces);
            INDArray[] own = new INDArray[sent.length];
            for (int input = 0; input < sent.length; input++) {
                String owner = owners.get(name).get(input);
                if (owner == null && sent[input] != null) {
                    String source = conf.getVertexInputs().get(name).get(input);
                    signals.merge(source, sent[input], INDArray::add);
                } else if (modality.equals(owner)) {
                    own[input] = sent[input] == null ? null : sent[input].detach();
                }
            }
            errors.put(name, own);
        }
        return errors;
    }

    @SuppressWarnings("try") // a scope is opened for its effect
    private static INDArray[] send(GraphVertex vertex, LayerWorkspaceMgr workspaces) {
        try (MemoryWorkspace scope = workspaces.notifyScopeEntered(ArrayType.BP_WORKING_MEM)) {
            return vertex.doBackward(false, workspaces).getSecond();
        }
    }

    /** A vertex that is ready for its backward pass; null if there is nothing to send back. */
    private GraphVertex judged(String name, Target target, INDArray signal) {
        if (Vertices.endsBackprop(conf.getVertices().get(name))) {
            return null;
        }
        GraphVertex output = vertices.outputs().get(name);
        if (output != null && target != null) {
            Layer layer = output.getLayer();
            Layer inside = layer instanceof FrozenLayerWithBackprop f ? f.getInsideLayer() : layer;
            ((IOutputLayer) inside).setLabels(target.labels());
            inside.setMaskArray(target.mask());
            setLoss(inside.conf().getLayer(), target.loss()); // of this instance alone
            return output; // DL4J's output layers pass on nothing of what their readers send back
        }
        GraphVertex inner = vertices.inner().get(name);
        if (inner == null || signal == null) {
            return null;
        }
        inner.setEpsilon(signal);
        return inner;
    }

    private static void setLoss(org.deeplearning4j.nn.conf.layers.Layer layer, ILossFunction loss) {
        if (layer instanceof BaseOutputLayer output) {
            output.setLossFn(loss);
        } else if (layer instanceof LossLayer own) {
            own.setLossFn(loss);
        } else if (layer instanceof RnnLossLayer own) {
            own.setLossFn(loss);
        }
    }

    private LayerWorkspaceMgr workspaces() {
        if (conf.getInferenceWorkspaceMode() == WorkspaceMode.NONE) {
            return LayerWorkspaceMgr.noWorkspaces();
        }
        return LayerWorkspaceMgr.builder()
                .with(ArrayType.INPUT, "OGM4J_OWN_LOSS", ZeroOut.MEMORY)
                .with(ArrayType.ACTIVATIONS, "OGM4J_OWN_LOSS", ZeroOut.MEMORY)
                .with(ArrayType.ACTIVATION_GRAD, "OGM4J_OWN_LOSS", ZeroOut.MEMORY)
                .with(ArrayType.FF_WORKING_MEM, "OGM4J_OWN_LOSS_LAYER", ZeroOut.MEMORY)
                .with(ArrayType.BP_WORKING_MEM, "OGM4J_OWN_LOSS_LAYER", ZeroOut.MEMORY)
                .with(ArrayType.RNN_FF_LOOP_WORKING_MEM, "OGM4J_OWN_LOSS_LOOP", ZeroOut.MEMORY)
                .with(ArrayType.RNN_BP_LOOP_WORKING_MEM, "OGM4J_OWN_LOSS_LOOP", ZeroOut.MEMORY)
                .build();
    }
}
