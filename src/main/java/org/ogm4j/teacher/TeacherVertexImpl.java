package org.ogm4j.teacher;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.host.Bystander;

/**
 * A teacher in a running network. DL4J goes past a frozen vertex on the way back, and gives its
 * parameters no updater, no decay and no constraint. In the forward pass it does nothing either: a
 * gate that wants to know something runs the network inside, see {@link Teacher}.
 */
final class TeacherVertexImpl extends FrozenVertex implements Bystander {

    private static final long serialVersionUID = 1L;

    private final TeacherVertex conf;

    private TeacherVertexImpl(Parameters parameters, TeacherVertex conf) {
        super(parameters);
        this.conf = conf;
    }

    static TeacherVertexImpl of(
            ComputationGraph graph,
            String name,
            int index,
            TeacherVertex conf,
            INDArray parameters,
            DataType dataType) {
        return new TeacherVertexImpl(
                new Parameters(graph, name, index, parameters, dataType), conf);
    }

    /** Its configuration. */
    TeacherVertex conf() {
        return conf;
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
        return "Teacher(" + getVertexName() + ")";
    }

    /** Holds parameters, and outputs a 0 that stands for what nobody reads. */
    @SuppressWarnings("overrides") // DL4J overrides its own varargs setInputs without them
    private static final class Parameters extends BaseGraphVertex {

        private static final long serialVersionUID = 1L;

        private final INDArray parameters;

        Parameters(
                ComputationGraph graph,
                String name,
                int index,
                INDArray parameters,
                DataType dataType) {
            super(graph, name, index, null, null, dataType);
            this.parameters = parameters;
        }

        @Override
        public boolean hasLayer() {
            return false;
        }

        @Override
        public Layer getLayer() {
            return null;
        }

        @Override
        public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
            return workspaces.create(ArrayType.ACTIVATIONS, dataType, 1, 1);
        }

        @Override
        public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
            return new Pair<>(new DefaultGradient(), new INDArray[getNumInputArrays()]);
        }

        @Override
        public void setBackpropGradientsViewArray(INDArray gradient) {
            // it stays 0
        }

        @Override
        public Pair<INDArray, MaskState> feedForwardMaskArrays(
                INDArray[] masks, MaskState state, int examples) {
            return null;
        }

        @Override
        public INDArray params() {
            return parameters;
        }

        @Override
        public Map<String, INDArray> paramTable(boolean backpropOnly) {
            return parameters == null ? Map.of() : Map.of("parameters", parameters);
        }

        @Override
        public String toString() {
            return "Parameters(" + getVertexName() + ")";
        }
    }
}
