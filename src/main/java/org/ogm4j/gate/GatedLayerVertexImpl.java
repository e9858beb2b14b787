package org.ogm4j.gate;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer with a gate: forward it is the layer itself, on what the gate leaves of the features;
 * backward the gate acts on what leaves it.
 */
@SuppressWarnings("overrides") // DL4J overrides its own varargs setInputs without them
final class GatedLayerVertexImpl extends LayerVertex implements HasGate {

    private static final long serialVersionUID = 1L;

    private final transient Gate gate;

    GatedLayerVertexImpl(LayerVertex plain, DataType dataType, Gate gate) {
        super(
                plain.getGraph(),
                plain.getVertexName(),
                plain.getVertexIndex(),
                plain.getLayer(),
                plain.getLayerPreProcessor(),
                plain.isOutputVertex(),
                dataType);
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
                training, (input, left) -> super.setInput(input, left, workspaceMgr), workspaceMgr);
        return super.doForward(training, workspaceMgr);
    }

    @Override
    public void clear() {
        gate.forget();
        super.clear();
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaceMgr) {
        return gate.backward(
                this,
                signal -> {
                    setEpsilon(signal);
                    return super.doBackward(tbptt, workspaceMgr);
                },
                workspaceMgr);
    }

    // Two vertices are never equal unless they are one: gates hold the state of a training step.
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
        return "Gated" + super.toString();
    }
}
