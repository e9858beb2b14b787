package org.ogm4j.presence;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The vertex at the entrance of a running network: forward a copy of what comes in, without rows of
 * NaN; backward nothing, as in DL4J's own vertex of a network input.
 */
@SuppressWarnings("overrides") // DL4J overrides its own varargs setInputs without them
final class EntranceVertexImpl extends BaseGraphVertex {

    private static final long serialVersionUID = 1L;

    private final boolean nans;

    EntranceVertexImpl(
            ComputationGraph graph, String name, int index, DataType dataType, boolean nans) {
        super(graph, name, index, null, null, dataType);
        this.nans = nans;
    }

    @Override
    public boolean hasLayer() {
        return false;
    }

    @Override
    public Layer getLayer() {
        return null;
    }

    /** A copy in any case: DL4J may write a dropout over what a vertex outputs. */
    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaceMgr) {
        INDArray copy = workspaceMgr.dup(ArrayType.ACTIVATIONS, inputs[0]);
        return nans ? EmptyRows.clearNans(copy) : copy;
    }

    /** Signals of several readers may be of several shapes, and some readers send none. */
    @Override
    public void setEpsilon(INDArray epsilon) {
        // nothing to learn here
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaceMgr) {
        return new Pair<>(null, new INDArray[] {null});
    }

    @Override
    public void setBackpropGradientsViewArray(INDArray backpropGradientsViewArray) {
        if (backpropGradientsViewArray != null) {
            throw new IllegalStateException(
                    "gradients of \"" + vertexName + "\" must be none, since it has no parameters");
        }
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArrays(
            INDArray[] maskArrays, MaskState currentMaskState, int minibatchSize) {
        INDArray mask = maskArrays == null || maskArrays.length == 0 ? null : maskArrays[0];
        return new Pair<>(mask, currentMaskState);
    }

    // Two vertices are never equal unless they are one.
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "EntranceVertex(id=" + vertexIndex + ",name=\"" + vertexName + "\")";
    }
}
