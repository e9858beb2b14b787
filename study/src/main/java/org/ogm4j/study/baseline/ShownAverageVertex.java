package org.ogm4j.study.baseline;

import java.util.Arrays;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean of its inputs; what is behind it teaches them nothing. */
public final class ShownAverageVertex extends ElementWiseVertex {

    private static final long serialVersionUID = 1L;

    /** Of any number of inputs. */
    public ShownAverageVertex() {
        super(ElementWiseVertex.Op.Average);
    }

    @Override
    public ElementWiseVertex clone() {
        return new ShownAverageVertex();
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray params,
            boolean initialize,
            DataType type) {
        return new Running(graph, name, index, type);
    }

    @SuppressWarnings("overrides") // of DL4J: setInputs loses its dots
    private static final class Running
            extends org.deeplearning4j.nn.graph.vertex.impl.ElementWiseVertex {

        private static final long serialVersionUID = 1L;

        Running(ComputationGraph graph, String name, int index, DataType type) {
            super(graph, name, index, Running.Op.Average, type);
        }

        @Override
        public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr arrays) {
            INDArray[] nothing =
                    Arrays.stream(getInputs())
                            .map(
                                    input ->
                                            arrays.create(
                                                    ArrayType.ACTIVATION_GRAD,
                                                    input.dataType(),
                                                    input.shape()))
                            .toArray(INDArray[]::new);
            return new Pair<>(null, nothing);
        }

        @Override
        public Pair<INDArray, MaskState> feedForwardMaskArrays(
                INDArray[] masks, MaskState state, int batch) {
            return new Pair<>(null, state); // an example that lacks one modality still has answers
        }
    }
}
