package org.ogm4j.study.network.layer;

import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.samediff.SameDiffGraphVertex;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's attention of some tokens to others: queries, keys, values, each [m, d, T]. With the right
 * gradients, see {@link ExactSameDiffLayer}; and a copy keeps its updater, which DL4J's loses.
 */
public final class CrossAttention extends AttentionVertex {

    private static final long serialVersionUID = 1L;

    /** For JSON. */
    @SuppressWarnings("unused")
    private CrossAttention() {
        this(1, 1, 1);
    }

    /**
     * A new vertex.
     *
     * @param width d
     * @param heads how many
     * @param headSize the size of a query, a key and a value in a head
     */
    public CrossAttention(int width, int heads, int headSize) {
        super(
                new Builder()
                        .nInQueries(width)
                        .nInKeys(width)
                        .nInValues(width)
                        .nOut(width)
                        .nHeads(heads)
                        .headSize(headSize)
                        .weightInit(WeightInit.XAVIER)
                        .projectInput(true));
    }

    @Override
    public CrossAttention clone() {
        CrossAttention copy =
                new CrossAttention(
                        Math.toIntExact(getNOut()), getNHeads(), Math.toIntExact(getHeadSize()));
        copy.setUpdater(getUpdater());
        copy.setBiasUpdater(getBiasUpdater());
        copy.setRegularization(getRegularization());
        copy.setRegularizationBias(getRegularizationBias());
        copy.setGradientNormalization(getGradientNormalization());
        copy.setGradientNormalizationThreshold(getGradientNormalizationThreshold());
        copy.setDataType(getDataType());
        return copy;
    }

    @Override
    public GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray view,
            boolean initialize,
            DataType type) {
        setName(name);
        return new Exact(this, graph, name, index, view, initialize, type);
    }

    @SuppressWarnings("overrides") // a varargs method inherited as one with an array
    private static final class Exact extends SameDiffGraphVertex {

        private static final long serialVersionUID = 1L;

        Exact(
                SameDiffVertex conf,
                ComputationGraph graph,
                String name,
                int index,
                INDArray view,
                boolean initialize,
                DataType type) {
            super(conf, graph, name, index, view, initialize, type);
        }

        @Override
        public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
            setEpsilon(getEpsilon().mul(0.5));
            return super.doBackward(tbptt, workspaces);
        }
    }
}
