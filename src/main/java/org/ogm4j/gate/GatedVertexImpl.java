package org.ogm4j.gate;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.vertex.BaseWrapperVertex;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A vertex without a layer, with a gate: forward it is the vertex itself, on what the gate leaves
 * of the features; backward the gate acts on what leaves it.
 */
final class GatedVertexImpl extends BaseWrapperVertex implements HasGate {

    private static final long serialVersionUID = 1L;

    private final transient Gate gate;

    GatedVertexImpl(GraphVertex underlying, Gate gate) {
        super(underlying);
        this.gate = gate;
    }

    @Override
    public Gate gate() {
        return gate;
    }

    @Override
    public void setInput(int inputNumber, INDArray input, LayerWorkspaceMgr workspaceMgr) {
        gate.keep(inputNumber, input, workspaceMgr);
        super.setInput(inputNumber, input, workspaceMgr);
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaceMgr) {
        gate.drop(
                training,
                (input, left) -> underlying.setInput(input, left, workspaceMgr),
                workspaceMgr);
        return underlying.doForward(training, workspaceMgr);
    }

    @Override
    public void clear() {
        gate.forget();
        super.clear();
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaceMgr) {
        return gate.backward(
                underlying,
                signal -> {
                    underlying.setEpsilon(signal);
                    return underlying.doBackward(tbptt, workspaceMgr);
                },
                workspaceMgr);
    }

    @Override
    public String toString() {
        return "Gated(" + underlying + ")";
    }
}
