package org.ogm4j.study.network.layer;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's self attention over the tokens of a sequence [m, d, T], with the right gradients. */
public final class SelfAttention extends SelfAttentionLayer {

    private static final long serialVersionUID = 1L;

    /** For JSON. */
    @SuppressWarnings("unused")
    private SelfAttention() {
        this(1, 1, 1);
    }

    /**
     * A new layer.
     *
     * @param width d
     * @param heads how many
     * @param headSize the size of a query, a key and a value in a head
     */
    public SelfAttention(int width, int heads, int headSize) {
        super(
                new Builder()
                        .nIn(width)
                        .nOut(width)
                        .nHeads(heads)
                        .headSize(headSize)
                        .projectInput(true));
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray view,
            boolean initialize,
            DataType type) {
        return ExactSameDiffLayer.instantiate(conf, index, view, initialize, type);
    }
}
