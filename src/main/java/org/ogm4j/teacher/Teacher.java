package org.ogm4j.teacher;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.host.RandomState;
import org.ogm4j.host.VertexCopy;
import org.ogm4j.presence.Presence;
import org.ogm4j.presence.PresencePlan;
import org.ogm4j.zeroout.SharedMasks;
import org.ogm4j.zeroout.ZeroOut;

/**
 * Runs the teacher of a modality on the batch that its network trains on, always at inference
 * settings: no dropout, running mean and variance in batch norm, no random number drawn. Its
 * parameters are views of the network's. In truncated backpropagation its recurrent layers go on
 * where the segment before ended, as the network's own do.
 */
public final class Teacher {

    private final ComputationGraph graph;
    private final TeacherVertexImpl vertex;
    private final List<PresencePlan> presence;
    private final Set<String> wanted = new LinkedHashSet<>();
    private ComputationGraph inside;
    private boolean masked;

    /**
     * What the teacher says.
     *
     * @param array the output of one of its vertices, in no workspace
     * @param mask on it, null if there is none
     */
    public record Lesson(INDArray array, INDArray mask) {}

    private Teacher(ComputationGraph graph, TeacherVertexImpl vertex, List<PresencePlan> presence) {
        this.graph = graph;
        this.vertex = vertex;
        this.presence = presence;
        wanted.addAll(vertex.conf().features());
        wanted.addAll(vertex.conf().predictions());
    }

    /**
     * The teacher of a modality.
     *
     * @param graph a network that has one
     * @param modality the name of the modality
     * @param presence of each modality: rows of NaN that are told to be missing are read as zeros
     * @return ready to run
     * @throws IllegalStateException if it was edited away, or has no parameters
     */
    public static Teacher of(ComputationGraph graph, String modality, List<PresencePlan> presence) {
        if (!(graph.getVertex(TeacherVertex.nameOf(modality))
                instanceof TeacherVertexImpl vertex)) {
            throw new IllegalStateException(
                    "teacher of modality \"%s\" must be in the network, got none: the network was edited after it was modulated; call strip, edit, modulate again"
                            .formatted(modality));
        }
        if (vertex.numParams() > 0 && vertex.params().amaxNumber().doubleValue() == 0) {
            throw new IllegalStateException(
                    "teacher of modality \"%s\" must have parameters, got zeros: the JSON of a network's configuration leaves them out; keep the network with ModelSerializer, or the configuration as modulate gives it, before init()"
                            .formatted(modality));
        }
        return new Teacher(graph, vertex, presence);
    }

    /**
     * The vertices whose outputs an encoder takes over.
     *
     * @return their names
     */
    public List<String> features() {
        return vertex.conf().features();
    }

    /**
     * The outputs whose predictions are taken over.
     *
     * @return their names
     */
    public List<String> predictions() {
        return vertex.conf().predictions();
    }

    /** The network inside, which is not to be changed. */
    ComputationGraphConfiguration network() {
        return vertex.conf().network();
    }

    /**
     * Runs it on the batch of the network's latest forward pass.
     *
     * @return by name what it says at the vertices and outputs that are taken over
     */
    @SuppressWarnings("try") // scopes are opened for their effect
    public Map<String, Lesson> lessons() {
        RandomState before = RandomState.now();
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            prepare();
        }
        inside.setInputs(
                network().getNetworkInputs().stream().map(this::input).toArray(INDArray[]::new));
        Map<String, Pair<INDArray, MaskState>> masks = feedMasks();
        LayerWorkspaceMgr workspaces = workspaces();
        Map<String, Lesson> lessons = new LinkedHashMap<>();
        try (MemoryWorkspace scope = workspaces.notifyScopeEntered(ArrayType.ACTIVATIONS)) {
            for (int index : inside.topologicalSortOrder()) {
                GraphVertex own = inside.getVertices()[index];
                String name = own.getVertexName();
                INDArray out = own.isInputVertex() ? inside.getInput(index) : run(own, workspaces);
                if (wanted.contains(name)) {
                    lessons.put(name, new Lesson(out.dup().detach(), maskOf(masks.get(name))));
                }
                hand(own, out, workspaces);
            }
            for (GraphVertex own : inside.getVertices()) {
                own.clear();
            }
            inside.clear();
        }
        before.restore();
        return lessons;
    }

    private void prepare() {
        boolean now = graph.getInputMaskArrays() != null;
        if (inside == null || (masked && !now)) { // DL4J's SameDiff vertices never forget a mask
            ComputationGraphConfiguration conf = VertexCopy.of(network());
            conf.setDataType(graph.getConfiguration().getDataType());
            inside = new ComputationGraph(conf);
            if (vertex.numParams() > 0) {
                inside.init(vertex.params().reshape(1, vertex.numParams()), false);
            } else {
                inside.init();
            }
        }
        masked = now;
        if (isTruncated() && isFirstSegment()) {
            inside.rnnClearPreviousState();
        }
    }

    private boolean isTruncated() {
        return graph.getConfiguration().getBackpropType() == BackpropType.TruncatedBPTT;
    }

    /** DL4J hands layers the state of a segment at its end, and takes it away before the first. */
    private boolean isFirstSegment() {
        for (Layer layer : graph.getLayers()) {
            if (layer instanceof RecurrentLayer own && !own.rnnGetPreviousState().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private INDArray input(String name) {
        int input = graph.getConfiguration().getNetworkInputs().indexOf(name);
        return Presence.read(name, graph.getInput(input), presence);
    }

    @SuppressWarnings("try") // a scope is opened for its effect
    private INDArray run(GraphVertex own, LayerWorkspaceMgr workspaces) {
        try (MemoryWorkspace scope = workspaces.notifyScopeEntered(ArrayType.FF_WORKING_MEM)) {
            RecurrentLayer recurrent = isTruncated() ? recurrent(own.getLayer()) : null;
            return recurrent == null
                    ? own.doForward(false, workspaces)
                    : recurrent.rnnActivateUsingStoredState(
                            own.getInputs()[0], false, true, workspaces);
        }
    }

    /** As DL4J looks for it: a layer around a recurrent one counts as that one. */
    private static RecurrentLayer recurrent(Layer layer) {
        Layer inner = layer instanceof BaseWrapperLayer wrapper ? wrapper.getUnderlying() : layer;
        return inner instanceof RecurrentLayer recurrent ? recurrent : null;
    }

    /** An ActivationLayer writes over its input at inference, which others may read too. */
    private void hand(GraphVertex from, INDArray out, LayerWorkspaceMgr workspaces) {
        VertexIndices[] readers = from.getOutputVertices();
        if (readers == null) {
            return;
        }
        boolean shared = from.isInputVertex() || readers.length > 1;
        for (VertexIndices reader : readers) {
            INDArray given = shared ? workspaces.dup(ArrayType.ACTIVATIONS, out) : out;
            inside.getVertices()[reader.getVertexIndex()].setInput(
                    reader.getVertexEdgeNumber(), given, workspaces);
        }
    }

    private Map<String, Pair<INDArray, MaskState>> feedMasks() {
        Map<String, Pair<INDArray, MaskState>> masks = new HashMap<>();
        if (!masked) {
            inside.clearLayerMaskArrays();
            return masks;
        }
        List<String> inputs = graph.getConfiguration().getNetworkInputs();
        for (int index : inside.topologicalSortOrder()) {
            GraphVertex own = inside.getVertices()[index];
            String name = own.getVertexName();
            if (own.isInputVertex()) {
                INDArray mask = graph.getInputMaskArrays()[inputs.indexOf(name)];
                masks.put(name, new Pair<>(mask, MaskState.Active));
            } else {
                List<String> sources = network().getVertexInputs().get(name);
                masks.put(name, SharedMasks.feed(own, sources, masks, graph.batchSize()));
            }
        }
        return masks;
    }

    /** DL4J's LSTM hands a mask on as one that is not to be used, but its steps are hidden. */
    private static INDArray maskOf(Pair<INDArray, MaskState> mask) {
        return mask == null ? null : mask.getFirst();
    }

    private LayerWorkspaceMgr workspaces() {
        if (graph.getConfiguration().getInferenceWorkspaceMode() == WorkspaceMode.NONE) {
            return LayerWorkspaceMgr.noWorkspaces();
        }
        return LayerWorkspaceMgr.builder()
                .with(ArrayType.INPUT, "OGM4J_TEACHER", ZeroOut.MEMORY)
                .with(ArrayType.ACTIVATIONS, "OGM4J_TEACHER", ZeroOut.MEMORY)
                .with(ArrayType.FF_WORKING_MEM, "OGM4J_TEACHER_LAYER", ZeroOut.MEMORY)
                .with(ArrayType.RNN_FF_LOOP_WORKING_MEM, "OGM4J_TEACHER_LOOP", ZeroOut.MEMORY)
                .build();
    }
}
